using System.Net;
using Bastide.Platform.Limits;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Bastide.Identity.Oidc;

/// <summary>
/// Bounds how many device codes are asked for, as nobody has to sign in to ask: each is kept until it expires. RFC 8628 §3.1.
/// </summary>
sealed class DeviceLimit(Limiter limiter, IHttpContextAccessor http) : IOpenIddictServerHandler<ValidateDeviceAuthorizationRequestContext>
{
    static readonly RateLimit ByAddress = new("device-code", 60, 0.1);
    static readonly RateLimit ByEverybody = new("device-codes", 1000, 2);

    public ValueTask HandleAsync(ValidateDeviceAuthorizationRequestContext context)
    {
        var remote = http.HttpContext?.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        if (!limiter.TryTake(ByAddress, Limiter.KeyOf(remote), out _) || !limiter.TryTake(ByEverybody, "", out _))
            context.Reject(Errors.SlowDown, "Too many device codes were asked for: try again in a minute.");
        return default;
    }
}
