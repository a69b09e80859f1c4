using Bastide.Platform.Accounts;
using Microsoft.AspNetCore.Http;

namespace Bastide.Abstractions.Http;

/// <summary>How a request carries who asks. Set by the authentication of the identity module.</summary>
public static class CallerFeature
{
    /// <summary>Who asks, or null when the request is not authenticated.</summary>
    public static Caller? Caller(this HttpContext context) => context.Features.Get<Caller>();

    /// <summary>Who asks; for routes that require authorisation. Throws <see cref="InvalidOperationException"/> elsewhere.</summary>
    public static Caller RequiredCaller(this HttpContext context) =>
        context.Caller() ?? throw new InvalidOperationException("The route does not require authorisation but its handler needs a caller.");

    /// <summary>Sets who asks.</summary>
    public static void SetCaller(this HttpContext context, Caller caller) => context.Features.Set(caller);
}
