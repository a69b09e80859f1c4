using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary>
/// What an account uses of what it may: one Quota object (RFC 9425 §3), in octets, where the account has a bound at all.
/// What is used moves with every message, so the state is the figures themselves, and the way from an older one is not
/// kept: <c>cannotCalculateChanges</c>, which the standard allows.
/// </summary>
/// <param name="Quota">The object, or null where there is no bound.</param>
/// <param name="State">The state.</param>
sealed record QuotaFigures(JsonObject? Quota, string State)
{
    /// <summary>The id of the one object.</summary>
    public const string Id = "octets";

    /// <summary>Reads them; <c>forbidden</c> for whoever may not read the account.</summary>
    public static async ValueTask<QuotaFigures> Load(Database database, JmapCall call)
    {
        if (!call.AccountRights.HasFlag(Rights.Read)) throw new JmapException("forbidden", "You may not see the quota of this account.");
        var (account, usage) = await database.Read(async scope =>
            (await AccountTable.Find(scope, call.Account), await AccountTable.Usage(scope, call.Account)), call.Cancellation);
        var used = usage.Sum(u => u.Octets);
        var state = string.Create(CultureInfo.InvariantCulture, $"{used}-{account?.Quota ?? -1}");
        if (account?.Quota is not { } hardLimit) return new QuotaFigures(null, state);
        return new QuotaFigures(new JsonObject
        {
            ["id"] = Id,
            ["resourceType"] = "octets",
            ["used"] = used,
            ["hardLimit"] = hardLimit,
            ["scope"] = "account",
            ["name"] = account.Name,
            ["types"] = new JsonArray([.. usage.Select(u => (JsonNode)u.Type.Name)]),
            ["warnLimit"] = hardLimit / 10 * 9,
            ["softLimit"] = null,
            ["description"] = null,
        }, state);
    }
}
