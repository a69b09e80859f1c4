using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary>
/// What an account uses of what it may: one Quota object (RFC 9425 §4), in octets, where the account has a bound at all.
/// Only the types whose capability the request uses are named, and where none is left there is no object for it.
/// </summary>
sealed class QuotaFigures(Database database, JmapMethodTable table)
{
    /// <summary>Reads them; <c>forbidden</c> for whoever may not read the account.</summary>
    public async ValueTask<QuotaState> Load(JmapCall call)
    {
        if (!call.AccountRights.HasFlag(Rights.Read)) throw new JmapException("forbidden", "You may not see the quota of this account.");
        var (account, usage, states) = await database.Read(async scope =>
            (await AccountTable.Find(scope, call.Account), await AccountTable.Usage(scope, call.Account), await AccountTable.States(scope, call.Account)), call.Cancellation);
        var (state, bound) = (states.GetValueOrDefault(AccountTable.Quota), states.GetValueOrDefault(AccountTable.QuotaBound));
        var types = table.QuotaTypes.Where(type => call.Uses(table.Types[type])).ToList();
        if (account?.Quota is not { } hardLimit || types.Count == 0) return new QuotaState(null, state, bound);
        return new QuotaState(new JsonObject
        {
            ["id"] = QuotaState.Id,
            ["resourceType"] = "octets",
            ["used"] = usage.Sum(u => u.Octets),
            ["hardLimit"] = hardLimit,
            ["scope"] = "account",
            ["name"] = account.Name,
            ["types"] = new JsonArray([.. types.Select(type => (JsonNode)type.Name)]),
            ["warnLimit"] = hardLimit / 10 * 9,
            ["softLimit"] = null,
            ["description"] = null,
        }, state, bound);
    }
}
