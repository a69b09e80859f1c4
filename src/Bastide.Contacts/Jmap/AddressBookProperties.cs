using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Jmap;

/// <summary>The AddressBook object. RFC 9610 §2.</summary>
static class AddressBookProperties
{
    /// <summary>What may be done with an address book whose cards may be changed.</summary>
    const Rights Writing = Rights.Write | Rights.Delete;

    public static readonly ObjectProperties<AddressBook> All = new(
        ("id", b => WireId.AddressBook.Write(b.Id)),
        ("name", b => b.Name),
        ("description", b => b.Description),
        ("sortOrder", b => b.SortOrder),
        ("isDefault", b => b.IsDefault),
        ("isSubscribed", b => b.IsSubscribed),
        ("shareWith", b => b.ShareWith is { } shares ? new JsonObject(shares.Select(share => KeyValuePair.Create(share.Key.ToString(), (JsonNode?)Write(share.Value)))) : null),
        ("myRights", b => Write(b.MyRights)));

    /// <summary>An AddressBookRights object.</summary>
    public static JsonObject Write(Rights rights) => new()
    {
        ["mayRead"] = rights.HasFlag(Rights.Read),
        ["mayWrite"] = rights.HasFlag(Writing),
        ["mayShare"] = rights.HasFlag(Rights.Manage),
        ["mayDelete"] = rights.HasFlag(Rights.Manage),
    };

    /// <summary>
    /// Reads an AddressBookRights object; what it leaves out is not given. Null, with the fault noted, where it is none. To
    /// share an address book and to delete it are one right here.
    /// </summary>
    public static Rights? Read(JsonNode? node, string path, InvalidProperties invalid)
    {
        if (node is not JsonObject given || given.Any(right => right.Key is not ("mayRead" or "mayWrite" or "mayShare" or "mayDelete") || right.Value.AsFlag() is null))
        {
            invalid.Add(path, "it is an object of mayRead, mayWrite, mayShare and mayDelete, each true or false.");
            return null;
        }

        bool Has(string name) => given[name].AsFlag() == true;
        if (Has("mayShare") != Has("mayDelete")) invalid.Add(path, "mayShare and mayDelete are given together.");
        var more = (Has("mayWrite") ? Writing : Rights.None) | (Has("mayShare") ? Rights.Manage : Rights.None);
        if (more != Rights.None && !Has("mayRead")) invalid.Add(path, "who may change something may read it.");
        return more | (Has("mayRead") ? Rights.Reader : Rights.None);
    }
}
