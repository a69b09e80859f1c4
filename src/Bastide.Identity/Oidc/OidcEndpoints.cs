using Bastide.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenIddict.Abstractions;

namespace Bastide.Identity.Oidc;

/// <summary>The endpoints that OpenIddict leaves to us; discovery, keys, revocation, introspection and device authorization are its own.</summary>
static class OidcEndpoints
{
    static readonly string[] GetAndPost = ["GET", "POST"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var connect = routes.MapGroup("/connect").ExcludeFromDescription().DisableAntiforgery();
        connect.MapMethods("/authorize", GetAndPost, (HttpContext context, Authorize authorize, OidcPrincipal principals, IOpenIddictApplicationManager applications) =>
            authorize.Handle(context, principals, applications));
        connect.MapPost("/token", Token.Handle);
        connect.MapMethods("/userinfo", GetAndPost, UserInfo.Handle);
        connect.MapMethods("/endsession", GetAndPost, (HttpContext context, EndSession end) => end.Handle(context));
        connect.MapMethods("/verify", GetAndPost, (HttpContext context, Verify verify, OidcPrincipal principals, IOpenIddictApplicationManager applications) =>
            verify.Handle(context, principals, applications));
        connect.MapPost("/register", (HttpContext context, Register register, IOpenIddictApplicationManager applications) => register.Handle(context, applications));
    }
}
