using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using Bastide.Identity.Store;
using Bastide.Platform.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Bastide.Identity.Oidc;

/// <summary>Makes what tokens say of a person, and where each claim goes. OpenID Connect Core 1.0 §5.1, §5.4.</summary>
sealed class OidcPrincipal(Sessions sessions, Platform.Db.Database database, BastideSettings settings, Audit audit, IOpenIddictAuthorizationManager authorizations, IOpenIddictApplicationManager applications)
{
    /// <summary>
    /// Begins a session for an application that the person lets in, and answers the principal its tokens are made of.
    /// </summary>
    public async ValueTask<ClaimsPrincipal> Begin(HttpContext context, LiveSession browser, string clientId, IEnumerable<string> requested, CancellationToken cancellation)
    {
        var (person, isAdministrator) = await database.Read(
            async scope => (await PersonTable.Credentials(scope, browser.Account), await Administrators.IsOne(scope, browser.Account)), cancellation);
        var scopes = requested.Intersect(Scopes.All).Where(scope => scope != Scopes.Admin || isAdministrator).ToImmutableArray();
        var application = await applications.FindByClientIdAsync(clientId, cancellation) ?? throw new InvalidOperationException("The application has just been removed.");
        var applicationId = await applications.GetIdAsync(application, cancellation) ?? throw new InvalidOperationException("The application has no id.");
        var name = await applications.GetDisplayNameAsync(application, cancellation) ?? clientId;

        var principal = new ClaimsPrincipal(new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role));
        principal.SetClaim(Claims.Subject, browser.Account.ToString());
        principal.SetScopes(scopes);
        principal.SetResources(AccessTokens.IssuerOf(settings));
        var authorization = await authorizations.CreateAsync(principal, browser.Account.ToString(), applicationId, AuthorizationTypes.AdHoc, scopes, cancellation);
        var authorizationId = (await authorizations.GetIdAsync(authorization, cancellation))!;
        var device = clientId == FirstParty.WebClientId ? Pages.UserAgent.NameOf(context.Request.Headers.UserAgent.ToString()) : name;
        var remote = context.Connection.RemoteIpAddress;
        var session = await database.Write(async scope =>
        {
            var id = await sessions.Begin(scope, browser.Account, SessionKind.Authorization, device, scopes, remote, browser.AuthenticatedAt, clientId, authorizationId, browser.Id);
            await audit.Write(scope, "authorize", Actor.Self(browser.Account, browser.Address, remote), name, People.DomainOf(browser.Address), Scopes.Join(scopes), session: id);
            return id;
        }, cancellation);
        principal.SetAuthorizationId(authorizationId);
        principal.SetClaim(OidcClaims.Session, session.ToString(CultureInfo.InvariantCulture));
        principal.SetClaim(Claims.AuthenticationTime, browser.AuthenticatedAt.ToUnixTimeSeconds());
        Describe(principal, person!);
        return principal;
    }

    /// <summary>Writes the person's name and address as they are now, and where each claim goes.</summary>
    public static void Describe(ClaimsPrincipal principal, PersonCredentials person)
    {
        principal.SetClaim(Claims.Name, person.Name);
        principal.SetClaim(Claims.PreferredUsername, person.Address);
        principal.SetClaim(Claims.Email, person.Address);
        principal.SetClaim(Claims.EmailVerified, true);
        principal.SetDestinations(claim => claim.Type switch
        {
            Claims.Subject or OidcClaims.Session => [Destinations.AccessToken, Destinations.IdentityToken],
            Claims.AuthenticationTime => [Destinations.IdentityToken],
            Claims.Name or Claims.PreferredUsername when principal.HasScope(OpenIddictConstants.Scopes.Profile) => [Destinations.IdentityToken],
            Claims.Email or Claims.EmailVerified when principal.HasScope(OpenIddictConstants.Scopes.Email) => [Destinations.IdentityToken],
            _ => [],
        });
    }

    /// <summary>The session a token rests on.</summary>
    public static long? SessionOf(ClaimsPrincipal principal) =>
        long.TryParse(principal.GetClaim(OidcClaims.Session), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
