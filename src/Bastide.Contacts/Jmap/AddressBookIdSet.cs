using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Jmap;

/// <summary>Reads <c>addressBookIds</c>, whole and member by member. RFC 9610 §3, RFC 8620 §5.3.</summary>
static class AddressBookIdSet
{
    public const string Property = "addressBookIds";

    /// <summary>The whole set; a fault is noted and an empty one answered.</summary>
    public static List<long> Read(JsonNode? node, CreatedIds created, InvalidProperties invalid)
    {
        if (node.AsSet() is not { } keys)
        {
            invalid.Add(Property, "it is an object of address book ids, each with the value true.");
            return [];
        }

        var ids = new List<long>(keys.Count);
        foreach (var key in keys)
        {
            if (WireId.AddressBook.Resolve(key, created) is { } id) ids.Add(id);
            else invalid.Add(Property, $"there is no address book {key}.");
        }

        if (keys.Count == 0) invalid.Add(Property, "a card is in at least one address book.");
        return ids;
    }

    /// <summary>What a patch does to the set, or null where it says nothing of it; what it says of it is taken out of the patch.</summary>
    public static Patch<long>? Take(JsonObject patch, CreatedIds created, InvalidProperties invalid)
    {
        List<long>? whole = null;
        var (add, remove) = (new List<long>(), new List<long>());
        foreach (var (path, value) in patch.ToList())
        {
            if (path != Property && !path.StartsWith(Property + "/", StringComparison.Ordinal)) continue;
            patch.Remove(path);
            if (path == Property)
            {
                whole = Read(value, created, invalid);
                continue;
            }

            var id = JmapPatch.Split(path) is [_, var name] ? WireId.AddressBook.Resolve(name, created) : null;
            if (value is null && id is { } gone) remove.Add(gone);
            else if (value.AsFlag() == true && id is { } come) add.Add(come);
            else if (value is not null) invalid.Add(path, "there is no such address book, or the value is not true or null.");
        }

        if (whole is not null && add.Count + remove.Count > 0) invalid.Add(Property, "a set is given whole, or member by member.");
        return whole is null && add.Count + remove.Count == 0 ? null : new Patch<long> { Replace = whole, Add = add, Remove = remove };
    }
}
