using System.Text.Json.Nodes;
using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Bastide.Identity.Oidc;

/// <summary>UserInfo, OpenID Connect Core 1.0 §5.3: who the person is, as far as the token's scopes go.</summary>
sealed class UserInfo(SessionWatch watch, Database database)
{
    public async Task<IResult> Handle(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var principal = (await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
        var session = principal is not null && OidcPrincipal.SessionOf(principal) is { } id ? await watch.Find(id, cancellation) : null;
        var person = session is null ? null : await database.Read(scope => PersonTable.Credentials(scope, session.Account), cancellation);
        if (session is null || person is null)
        {
            return Results.Challenge(
                new AuthenticationProperties(new Dictionary<string, string?>
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidToken,
                    [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "The session has ended: sign in again.",
                }),
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        }

        var claims = new JsonObject { [Claims.Subject] = person.Account.ToString() };
        if (principal!.HasScope(OpenIddictConstants.Scopes.Profile))
        {
            claims[Claims.Name] = person.Name;
            claims[Claims.PreferredUsername] = person.Address;
        }

        if (principal!.HasScope(OpenIddictConstants.Scopes.Email))
        {
            claims[Claims.Email] = person.Address;
            claims[Claims.EmailVerified] = true;
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(claims);
    }
}
