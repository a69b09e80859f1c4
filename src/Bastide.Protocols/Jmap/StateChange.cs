using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap;

/// <summary>A <c>StateChange</c> (RFC 8620 §7.1): the new states of the types that changed, by account; and what is pushed beside it.</summary>
/// <param name="Changed">The states.</param>
/// <param name="Objects">What modules push, as it is on the wire; each is a message of its own.</param>
sealed record StateChange(IReadOnlyDictionary<AccountId, IReadOnlyDictionary<DataType, Sequence>> Changed, IReadOnlyList<JsonObject> Objects)
{
    const int Frame = 40; // {"@type":"StateChange","changed":{}}
    const int Punctuation = 4; // "":,

    /// <summary>The form on the wire.</summary>
    public JsonObject ToJson() => new()
    {
        ["@type"] = "StateChange",
        ["changed"] = new JsonObject(Changed.Select(account => KeyValuePair.Create(account.Key.ToString(), (JsonNode?)States(account.Value)))),
    };

    /// <summary>The same in parts of so many octets at most, for wires that carry little at a time; an account is in one part.</summary>
    public IEnumerable<StateChange> InPartsOf(int octets)
    {
        var part = new Dictionary<AccountId, IReadOnlyDictionary<DataType, Sequence>>();
        var left = octets - Frame;
        foreach (var (account, states) in Changed)
        {
            var length = account.ToString().Length + States(states).ToJsonString().Length + Punctuation;
            if (length > left && part.Count > 0)
            {
                yield return new StateChange(part, []);
                part = [];
                left = octets - Frame;
            }

            part[account] = states;
            left -= length;
        }

        if (part.Count > 0) yield return new StateChange(part, []);
    }

    static JsonObject States(IReadOnlyDictionary<DataType, Sequence> types) =>
        new(types.Select(type => KeyValuePair.Create(type.Key.Name, (JsonNode?)type.Value.ToString())));
}
