using System.Text.Json;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Bastide.Identity.Oidc;

/// <summary>
/// Keeps the row of the web client as the settings say. Written as OpenIddict writes it, but by a plain statement:
/// starting the program must not wait for EF Core.
/// </summary>
static class WebClientRegistration
{
    static readonly Sql Upsert = new("""
        INSERT INTO oidc_applications (id, application_type, client_id, client_type, concurrency_token, consent_type, display_name, permissions, post_logout_redirect_uris, redirect_uris, requirements)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (client_id) DO UPDATE SET permissions = excluded.permissions, redirect_uris = excluded.redirect_uris,
            post_logout_redirect_uris = excluded.post_logout_redirect_uris, requirements = excluded.requirements,
            display_name = excluded.display_name, concurrency_token = excluded.concurrency_token
        """);

    static readonly Sql Select = new("SELECT permissions, redirect_uris FROM oidc_applications WHERE client_id = $1");

    static readonly string[] Allowed =
    [
        Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession, Permissions.Endpoints.Revocation, Permissions.Endpoints.Introspection,
        Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
    ];

    public static async Task Keep(Database database, BastideSettings settings, CancellationToken cancellation)
    {
        var permissions = JsonSerializer.Serialize(Allowed);
        var redirect = JsonSerializer.Serialize(new[] { new Uri(settings.Url, "callback").AbsoluteUri });
        var kept = await database.Read(scope => scope.First(Select, row => (row.TextOrNull(0), row.TextOrNull(1)), FirstParty.WebClientId), cancellation);
        if (kept == (permissions, redirect)) return;
        var logout = JsonSerializer.Serialize(new[] { settings.Url.AbsoluteUri });
        var requirements = JsonSerializer.Serialize(new[] { Requirements.Features.ProofKeyForCodeExchange });
        await database.Write(
            async scope => await scope.Execute(
                Upsert, Guid.NewGuid().ToString(), ApplicationTypes.Web, FirstParty.WebClientId, ClientTypes.Public, Guid.NewGuid().ToString(), ConsentTypes.Implicit,
                FirstParty.WebClientName, permissions, logout, redirect, requirements),
            cancellation);
    }
}
