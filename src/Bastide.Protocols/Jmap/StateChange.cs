using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap;

/// <summary>A <c>StateChange</c> (RFC 8620 §7.1): the new states of the types that changed, by account.</summary>
/// <param name="Changed">The states.</param>
/// <param name="Position">Where the reader then stands, to begin again from there.</param>
sealed record StateChange(IReadOnlyDictionary<AccountId, IReadOnlyDictionary<DataType, Sequence>> Changed, string Position)
{
    /// <summary>The form on the wire.</summary>
    public JsonObject ToJson() => new()
    {
        ["@type"] = "StateChange",
        ["changed"] = new JsonObject(Changed.Select(account => KeyValuePair.Create(account.Key.ToString(),
            (JsonNode?)new JsonObject(account.Value.Select(type => KeyValuePair.Create(type.Key.Name, (JsonNode?)type.Value.ToString())))))),
    };
}
