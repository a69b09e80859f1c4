using Bastide.Platform.Db;

namespace Bastide.Identity.Store;

/// <summary>What we ask of OpenIddict's tables by ourselves.</summary>
static class OidcTokenTable
{
    /// <summary>How many rows one statement takes at most.</summary>
    public const int Page = 1000;

    static readonly Sql UpdateRedeemed = new("UPDATE oidc_tokens SET status = 'redeemed', redemption_date = $2 WHERE id = $1 AND status = 'valid'");

    static readonly Sql DeleteExpired = new("DELETE FROM oidc_tokens WHERE id IN (SELECT id FROM oidc_tokens WHERE expiration_date < $1 LIMIT 1000)");

    // What has a session may be refreshed: its tokens are there until they expire.
    static readonly Sql DeleteAuthorizations = new("""
        DELETE FROM oidc_authorizations WHERE id IN (
            SELECT a.id FROM oidc_authorizations a
            WHERE a.creation_date < $1
              AND NOT EXISTS (SELECT 1 FROM oidc_tokens t WHERE t.authorization_id = a.id)
              AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.authorization_id = a.id AND s.ended_at IS NULL)
            LIMIT 1000)
        """);

    static readonly Sql SelectUnused = new("""
        SELECT p.id, p.properties FROM oidc_applications p
        WHERE p.id > $1 AND p.client_id >= $2 AND p.client_id < $3
          AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.client_id = p.client_id)
          AND NOT EXISTS (SELECT 1 FROM oidc_tokens t WHERE t.application_id = p.id)
        ORDER BY p.id LIMIT 1000
        """);

    static readonly Sql DeleteApplications = new("DELETE FROM oidc_applications WHERE id {any $1}");

    /// <summary>Marks a token as used; false when it was used or revoked before. Of several at once, one gets true.</summary>
    public static async ValueTask<bool> Redeem(WriteScope scope, string id, DateTimeOffset now) => await scope.Execute(UpdateRedeemed, id, now) == 1;

    /// <summary>Forgets tokens that have expired; a refresh token that was used is kept until then, to be known again.</summary>
    public static ValueTask<int> PruneTokens(WriteScope scope, DateTimeOffset now) => scope.Execute(DeleteExpired, now);

    /// <summary>Forgets authorisations of which nothing is left.</summary>
    public static ValueTask<int> PruneAuthorizations(WriteScope scope, DateTimeOffset before) => scope.Execute(DeleteAuthorizations, before);

    /// <summary>Registrations that no session of late came from, by id, with the properties that tell when they were made.</summary>
    public static ValueTask<List<(string Id, string? Properties)>> UnusedRegistrations(ReadScope scope, string prefix, string after) =>
        scope.List(SelectUnused, row => (row.Text(0), row.TextOrNull(1)), after, prefix, prefix[..^1] + (char)(prefix[^1] + 1));

    public static async ValueTask RemoveRegistrations(WriteScope scope, string[] ids) => await scope.Execute(DeleteApplications, [ids]);
}
