using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// <c>Quota/*</c>: what an account uses of what it may. RFC 9425. An account has one quota, in octets, where it has a
/// bound at all. What is used moves with every message, so the state is the figures themselves and the way from an older
/// one is not kept: <c>cannotCalculateChanges</c>, which the standard allows.
/// </summary>
sealed class QuotaMethods(Database database) : IJmapMethods
{
    const string Capability = "urn:ietf:params:jmap:quota";
    const string Octets = "octets";
    static readonly HashSet<string> Properties = ["id", "resourceType", "used", "hardLimit", "scope", "name", "types", "warnLimit", "softLimit", "description"];

    public void Register(JmapMethodTable table)
    {
        table.AddCapability(Capability, _ => [], (_, _, rights) => rights.HasFlag(Rights.Read) ? [] : null);
        table.Add("Quota/get", Capability, Get);
        table.Add("Quota/changes", Capability, Changes);
        table.Add("Quota/query", Capability, Query);
        table.Add("Quota/queryChanges", Capability, QueryChanges);
    }

    /// <summary>RFC 9425 §4.1.</summary>
    async ValueTask<JsonObject> Get(JmapCall call)
    {
        var request = GetRequest.Parse(call, Properties);
        var (quota, state) = await Load(call);
        var isAsked = quota is not null && request.Ids?.Contains(Octets) != false;
        var list = isAsked ? new JsonObject(quota!.Where(p => request.Wants(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))) : null;
        return GetAnswer.Make(call, state, list is null ? [] : [list], request.Ids?.Where(id => quota is null || id != Octets) ?? []);
    }

    /// <summary>RFC 9425 §4.2.</summary>
    async ValueTask<JsonObject> Changes(JmapCall call)
    {
        var since = call.Arguments.Text("sinceState");
        var (_, state) = await Load(call);
        if (since != state) throw ChangesRequest.CannotCalculate();
        return new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["oldState"] = since,
            ["newState"] = state,
            ["hasMoreChanges"] = false,
            ["created"] = new JsonArray(),
            ["updated"] = new JsonArray(),
            ["destroyed"] = new JsonArray(),
            ["updatedProperties"] = null,
        };
    }

    /// <summary>RFC 9425 §4.3.</summary>
    async ValueTask<JsonObject> Query(JmapCall call)
    {
        var request = QueryRequest.Parse(call);
        if (request.Sort.FirstOrDefault(s => s.Property is not ("name" or "used")) is { } sort) throw new JmapException("unsupportedSort", $"Quotas cannot be sorted by {sort.Property}.");
        var (quota, state) = await Load(call);
        string[] all = quota is not null && (request.Filter is null || Matches(quota, request.Filter)) ? [Octets] : [];
        var (position, ids) = request.Window(all);
        return QueryAnswer.Make(call, request, state, canCalculateChanges: false, position, ids, all.Length);
    }

    /// <summary>RFC 9425 §4.4.</summary>
    async ValueTask<JsonObject> QueryChanges(JmapCall call)
    {
        var since = call.Arguments.Text("sinceQueryState");
        var (_, state) = await Load(call);
        if (since != state) throw ChangesRequest.CannotCalculate();
        return QueryChangesAnswer.Make(call, since, state, null, [], []);
    }

    static bool Matches(JsonObject quota, JmapFilter filter) => filter switch
    {
        JmapFilter.Group { Operator: "AND" } and => and.Conditions.All(c => Matches(quota, c)),
        JmapFilter.Group { Operator: "OR" } or => or.Conditions.Any(c => Matches(quota, c)),
        JmapFilter.Group not => !not.Conditions.Any(c => Matches(quota, c)),
        JmapFilter.Condition condition => condition.Properties.All(p => p.Key switch
        {
            "name" => ((string)quota["name"]!).Contains(condition.Properties.Text("name"), StringComparison.OrdinalIgnoreCase),
            "scope" or "resourceType" => (string)quota[p.Key]! == condition.Properties.Text(p.Key),
            "type" => quota["types"]!.AsArray().Any(t => (string)t! == condition.Properties.Text("type")),
            _ => throw new JmapException("unsupportedFilter", $"Quotas cannot be filtered by {p.Key}."),
        }),
        _ => false,
    };

    async ValueTask<(JsonObject? Quota, string State)> Load(JmapCall call)
    {
        if (!call.AccountRights.HasFlag(Rights.Read)) throw new JmapException("forbidden", "You may not see the quota of this account.");
        var (account, usage) = await database.Read(async scope =>
            (await AccountTable.Find(scope, call.Account), await AccountTable.Usage(scope, call.Account)), call.Cancellation);
        var used = usage.Sum(u => u.Octets);
        var state = string.Create(CultureInfo.InvariantCulture, $"{used}-{account?.Quota ?? -1}");
        if (account?.Quota is not { } hardLimit) return (null, state);
        return (new JsonObject
        {
            ["id"] = Octets,
            ["resourceType"] = Octets,
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
