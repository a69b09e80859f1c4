using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>Reads ids that objects refer to, creation ids of the request among them. RFC 8620 §5.3.</summary>
static class IdSets
{
    /// <summary>Reads <c>mailboxIds</c>; a fault is added to <paramref name="invalid"/> and null answered.</summary>
    public static List<long>? Mailboxes(JsonNode? node, CreatedIds created, InvalidProperties invalid)
    {
        if (node.AsSet() is not { } keys)
        {
            invalid.Add("mailboxIds", "it is an object of mailbox ids, each with the value true.");
            return null;
        }

        var ids = new List<long>(keys.Count);
        foreach (var key in keys)
        {
            if (WireId.Mailbox.Resolve(key, created) is { } id) ids.Add(id);
            else invalid.Add("mailboxIds", $"there is no mailbox {key}.");
        }

        if (keys.Count == 0) invalid.Add("mailboxIds", "an email is in at least one mailbox.");
        return ids;
    }

    /// <summary>Reads <c>keywords</c>; a fault is added to <paramref name="invalid"/>. Missing and null are the empty set.</summary>
    public static List<string> Keywords(JsonNode? node, InvalidProperties invalid)
    {
        if (node is null) return [];
        if (node.AsSet() is { } keywords) return keywords;
        invalid.Add("keywords", "it is an object of keywords, each with the value true.");
        return [];
    }
}
