using Bastide.Platform.Db;

namespace Bastide.Identity.Store;

/// <summary>What we ask of OpenIddict's tokens by ourselves.</summary>
static class OidcTokenTable
{
    static readonly Sql UpdateRedeemed = new("UPDATE oidc_tokens SET status = 'redeemed', redemption_date = $2 WHERE id = $1 AND status = 'valid'");

    /// <summary>Marks a token as used; false when it was used or revoked before. Of several at once, one gets true.</summary>
    public static async ValueTask<bool> Redeem(WriteScope scope, string id, DateTimeOffset now) => await scope.Execute(UpdateRedeemed, id, now) == 1;
}
