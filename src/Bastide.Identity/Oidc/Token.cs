using System.Security.Claims;
using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Bastide.Identity.Oidc;

/// <summary>
/// The token endpoint, RFC 6749 §3.2: code, refresh token, device code. OpenIddict has checked all three; what is asked
/// here is whether the session behind is still open, and who the person is by now.
/// </summary>
sealed class Token(SessionWatch watch, Sessions sessions, Database database, TimeProvider time)
{
    public async Task<IResult> Handle(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var principal = (await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
        var session = principal is not null && OidcPrincipal.SessionOf(principal) is { } id ? await watch.Find(id, cancellation) : null;
        var person = session is null ? null : await database.Read(scope => PersonTable.Credentials(scope, session.Account), cancellation);
        if (session is null || person is null) return Refuse(Errors.InvalidGrant, "The session has ended: sign in again.");

        if (context.GetOpenIddictServerRequest()!.IsRefreshTokenGrantType() && !await Redeem(principal!, cancellation))
        {
            await sessions.EndAuthorization(principal!.GetAuthorizationId()!, RefreshTokenReuse.Reason(TokenTypeIdentifiers.RefreshToken), context.Connection.RemoteIpAddress, cancellation);
            return Refuse(Errors.InvalidGrant, "The refresh token was used before: sign in again.");
        }

        // A token may ask for fewer scopes than were granted, never for more (RFC 6749 §6); OpenIddict has checked it.
        var requested = context.GetOpenIddictServerRequest()!.GetScopes();
        if (requested.Length > 0) principal!.SetScopes(requested.Intersect(principal!.GetScopes()));
        OidcPrincipal.Describe(principal!, person);
        watch.Seen(session, context.Connection.RemoteIpAddress);
        return Results.SignIn(principal!, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    /// <summary>
    /// Uses a refresh token up. OpenIddict lets every request through that saw the token before another had redeemed it,
    /// so a stolen one that is played at the same moment would begin a chain of its own.
    /// </summary>
    Task<bool> Redeem(ClaimsPrincipal principal, CancellationToken cancellation) =>
        database.Write(scope => OidcTokenTable.Redeem(scope, principal.GetTokenId()!, time.GetUtcNow()), cancellation);

    /// <summary>An error of the protocol, sent by OpenIddict in the way of the endpoint.</summary>
    public static IResult Refuse(string error, string description) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
