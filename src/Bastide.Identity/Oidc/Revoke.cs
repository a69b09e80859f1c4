using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Bastide.Identity.Oidc;

/// <summary>
/// Revocation, RFC 7009 §2.1: whichever token of an authorisation is revoked, its session ends, and every token with it.
/// </summary>
sealed class Revoke(Sessions sessions, IHttpContextAccessor http) : IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public async ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        if (context.GenericTokenPrincipal.GetAuthorizationId() is not { } authorization) return;
        await sessions.EndAuthorization(authorization, "revoked by the application", http.HttpContext?.Connection.RemoteIpAddress, context.CancellationToken);
    }
}
