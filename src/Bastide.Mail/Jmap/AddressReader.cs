using System.Text.Json.Nodes;
using Bastide.Mail.Mime;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>Reads <c>EmailAddress[]</c> and <c>EmailAddressGroup[]</c>. RFC 8621 §4.1.2.3, §4.1.2.4.</summary>
static class AddressReader
{
    /// <summary>How many addresses one property may hold.</summary>
    const int Most = 2000;

    const int LongestText = 1000;

    /// <summary>The addresses, or null when the value is not a list of them.</summary>
    public static List<MailAddress>? Addresses(JsonNode? node)
    {
        if (node is not JsonArray { Count: <= Most } array) return null;
        var addresses = new List<MailAddress>(array.Count);
        foreach (var item in array)
        {
            if (Address(item) is not { } address) return null;
            addresses.Add(address);
        }

        return addresses;
    }

    /// <summary>The groups, or null when the value is not a list of them.</summary>
    public static List<AddressGroup>? Groups(JsonNode? node)
    {
        if (node is not JsonArray { Count: <= Most } array) return null;
        var groups = new List<AddressGroup>(array.Count);
        foreach (var item in array)
        {
            if (item is not JsonObject group || !IsTextOrNull(group["name"]) || Addresses(group["addresses"]) is not { } addresses) return null;
            groups.Add(new AddressGroup(group["name"].AsText(), addresses));
        }

        return groups;
    }

    static MailAddress? Address(JsonNode? node)
    {
        if (node is not JsonObject address || !IsTextOrNull(address["name"])) return null;
        if (address["email"].AsText() is not { Length: > 0 and <= LongestText } email || email.Any(char.IsControl) || !DraftFields.CanHold(email)) return null;
        return new MailAddress(address["name"].AsText(), email);
    }

    static bool IsTextOrNull(JsonNode? node) => node is null || (node.AsText() is { Length: <= LongestText } text && !text.Any(char.IsControl));
}
