using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Bastide.Identity.Oidc;

/// <summary>
/// A refresh token (or code) that comes a second time: somebody else has it. OpenIddict refuses it and revokes what came
/// of it; here the session ends, so that access tokens already given are refused too. RFC 9700 §4.14.2, RFC 6749 §10.5.
/// </summary>
sealed class RefreshTokenReuse(IOpenIddictTokenManager tokens, Sessions sessions, IHttpContextAccessor http) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal is not { } principal || principal.GetTokenId() is not { } id || principal.GetAuthorizationId() is not { } authorization) return;
        if (principal.GetTokenType() is not (TokenTypeIdentifiers.RefreshToken or TokenTypeIdentifiers.Private.AuthorizationCode)) return;
        if (context.EndpointType is not OpenIddictServerEndpointType.Token) return;
        if (await tokens.FindByIdAsync(id, context.CancellationToken) is not { } token || !await tokens.HasStatusAsync(token, Statuses.Redeemed, context.CancellationToken)) return;
        var remote = http.HttpContext?.Connection.RemoteIpAddress;
        await sessions.EndAuthorization(authorization, Reason(principal.GetTokenType()!), remote, context.CancellationToken);
    }

    /// <summary>Why the session ended, in the audit log.</summary>
    public static string Reason(string type) => (type == TokenTypeIdentifiers.RefreshToken ? "refresh token" : "authorization code") + " used twice";
}
