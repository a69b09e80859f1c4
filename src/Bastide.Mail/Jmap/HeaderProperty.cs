using System.Collections.Frozen;
using Bastide.Mail.Mime;

namespace Bastide.Mail.Jmap;

/// <summary>
/// A property that stands for a header field: <c>header:{name}[:as{form}][:all]</c>, or one of the convenience
/// properties, which are short for such. RFC 8621 §4.1.3.
/// </summary>
/// <param name="Name">The field's name, as it was asked for.</param>
/// <param name="Form">How its value is written.</param>
/// <param name="All">Whether every instance is meant rather than the last.</param>
sealed record HeaderProperty(string Name, HeaderForm Form, bool All)
{
    public const string Prefix = "header:";

    static readonly FrozenDictionary<string, HeaderForm> Forms = new Dictionary<string, HeaderForm>
    {
        ["asRaw"] = HeaderForm.Raw,
        ["asText"] = HeaderForm.Text,
        ["asAddresses"] = HeaderForm.Addresses,
        ["asGroupedAddresses"] = HeaderForm.GroupedAddresses,
        ["asMessageIds"] = HeaderForm.MessageIds,
        ["asDate"] = HeaderForm.Date,
        ["asURLs"] = HeaderForm.Urls,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The convenience properties of the Email object and what they are short for.</summary>
    public static readonly FrozenDictionary<string, HeaderProperty> Convenience = new Dictionary<string, HeaderProperty>
    {
        ["messageId"] = new("Message-ID", HeaderForm.MessageIds, false),
        ["inReplyTo"] = new("In-Reply-To", HeaderForm.MessageIds, false),
        ["references"] = new("References", HeaderForm.MessageIds, false),
        ["sender"] = new("Sender", HeaderForm.Addresses, false),
        ["from"] = new("From", HeaderForm.Addresses, false),
        ["to"] = new("To", HeaderForm.Addresses, false),
        ["cc"] = new("Cc", HeaderForm.Addresses, false),
        ["bcc"] = new("Bcc", HeaderForm.Addresses, false),
        ["replyTo"] = new("Reply-To", HeaderForm.Addresses, false),
        ["subject"] = new("Subject", HeaderForm.Text, false),
        ["sentAt"] = new("Date", HeaderForm.Date, false),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The convenience property that has the same value, or null; its value needs no look at the message.</summary>
    public string? ShortName
    {
        get
        {
            if (All) return null;
            foreach (var (name, property) in Convenience)
                if (property.Form == Form && property.Name.Equals(Name, StringComparison.OrdinalIgnoreCase))
                    return name;
            return null;
        }
    }

    /// <summary>Reads the name of a property; null when it is malformed or the form is not for that field.</summary>
    public static HeaderProperty? Parse(string property)
    {
        if (!property.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var parts = property[Prefix.Length..].Split(':');
        var name = parts[0];
        if (name.Length == 0 || name.Any(c => c is < '!' or > '~')) return null;
        var next = 1;
        var form = HeaderForm.Raw;
        if (next < parts.Length && Forms.TryGetValue(parts[next], out form)) next++;
        var all = next < parts.Length && parts[next] == "all";
        if (all) next++;
        if (next != parts.Length || !HeaderForms.Allows(name, form)) return null;
        return new HeaderProperty(name, form, all);
    }
}
