using System.Text.Json.Nodes;
using Bastide.Abstractions.Identity;
using Bastide.Protocols.Jmap;

namespace Bastide.Identity.Jmap;

/// <summary><c>Principal/query</c>. RFC 9670 §2.4; by calendar address too (draft-ietf-jmap-calendars).</summary>
sealed class PrincipalQuery(Principals principals, PrincipalJson json)
{
    const string Availability = "urn:ietf:params:jmap:principals:availability";

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryRequest.Parse(call);
        List<string> known = ["accountIds", "email", "name", "text", "type", "timeZone"];
        if (call.Uses(Availability)) known.Add("calendarAddress");
        FilterConditions.Check(request.Filter, known);
        var (all, state, reached) = await principals.All(call.Caller, call.Cancellation);
        var found = all.Where(entry => FilterConditions.Matches(request.Filter, condition => Matches(call, entry, condition, reached.ContainsKey(entry.Account)))).ToList();
        foreach (var by in request.Sort.Reverse())
        {
            Func<DirectoryEntry, string> key = by.Property switch
            {
                "name" => entry => entry.Name,
                "email" => entry => entry.Address,
                "type" => PrincipalJson.TypeOf,
                _ => throw new JmapException("unsupportedSort", $"Principals are not sorted by {by.Property}."),
            };
            found = [.. by.IsAscending ? found.OrderBy(key, StringComparer.OrdinalIgnoreCase) : found.OrderByDescending(key, StringComparer.OrdinalIgnoreCase)];
        }

        var (position, ids) = request.Window([.. found.Select(entry => PrincipalJson.Id(entry.Account))]);
        return QueryAnswer.Make(call, request, state, canCalculateChanges: false, position, ids, found.Count);
    }

    bool Matches(JmapCall call, DirectoryEntry entry, JsonObject condition, bool isReached)
    {
        foreach (var (name, value) in condition)
        {
            if (value is null) continue;
            var text = name == "accountIds" ? null : value.AsText() ?? throw JmapException.InvalidArguments($"{name} is a string.");
            var matches = name switch
            {
                "accountIds" => isReached && value is JsonArray ids && ids.Any(id => id.AsText() == entry.Account.ToString()),
                "email" => Holds(entry.Address, text!),
                "name" => Holds(entry.Name, text!),
                "text" => Holds(entry.Name, text!) || Holds(entry.Address, text!),
                "type" => PrincipalJson.TypeOf(entry) == text,
                "calendarAddress" => AddressesOf(call, entry).Contains(text!, StringComparer.OrdinalIgnoreCase),
                // Nobody's time zone is known.
                _ => false,
            };
            if (!matches) return false;
        }

        return true;
    }

    IEnumerable<string> AddressesOf(JmapCall call, DirectoryEntry entry) =>
        json.Write(call.Caller, entry, null, ["capabilities"])["capabilities"] is JsonObject said && said.Any(capability => capability.Value?["calendarAddress"] is not null)
            ? entry.Aliases.Prepend(entry.Address).Select(address => "mailto:" + address)
            : [];

    static bool Holds(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
