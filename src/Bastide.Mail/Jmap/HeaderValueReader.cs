using System.Text.Json.Nodes;
using Bastide.Mail.Mime;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>Reads header fields to be set from the properties of a new Email or part. RFC 8621 §4.1.2, §4.6.</summary>
static class HeaderValueReader
{
    const int MostInstances = 100;
    const int LongestRaw = 64 * 1024;

    /// <summary>
    /// The fields that the property stands for: one, or with <c>:all</c> any number; none for null. Null when the value
    /// is not of the property's form.
    /// </summary>
    public static List<DraftHeader>? Read(HeaderProperty property, JsonNode? value)
    {
        if (value is null) return [];
        if (!property.All) return One(property, value) is { } one ? [one] : null;
        if (value is not JsonArray { Count: <= MostInstances } array) return null;
        var fields = new List<DraftHeader>(array.Count);
        foreach (var item in array)
        {
            if (item is null || One(property, item) is not { } field) return null;
            fields.Add(field);
        }

        return fields;
    }

    static DraftHeader? One(HeaderProperty property, JsonNode value) => property.Form switch
    {
        HeaderForm.Raw => value.AsText() is { } raw && IsFolded(raw) ? DraftHeader.Raw(property.Name, raw) : null,
        HeaderForm.Text => value.AsText() is { Length: <= LongestRaw } text && !text.Any(char.IsControl) ? DraftHeader.Text(property.Name, text) : null,
        HeaderForm.Addresses => AddressReader.Addresses(value) is { } addresses ? DraftHeader.Addresses(property.Name, addresses) : null,
        HeaderForm.GroupedAddresses => AddressReader.Groups(value) is { } groups ? DraftHeader.GroupedAddresses(property.Name, groups) : null,
        HeaderForm.MessageIds => Tokens(value) is { } ids ? DraftHeader.MessageIds(property.Name, ids) : null,
        HeaderForm.Date => JmapDates.Read(value.AsText()) is { } date ? DraftHeader.Date(property.Name, date) : null,
        HeaderForm.Urls => Tokens(value) is { } urls ? DraftHeader.Urls(property.Name, urls) : null,
        _ => null,
    };

    /// <summary>Message ids and URLs: printable, with nothing that would end the angle brackets around them.</summary>
    static List<string>? Tokens(JsonNode value)
    {
        if (value is not JsonArray { Count: > 0 and <= 1000 } array) return null;
        var tokens = new List<string>(array.Count);
        foreach (var item in array)
        {
            if (item.AsText() is not { Length: > 0 and <= 2000 } token || token.Any(c => c is '<' or '>' || char.IsControl(c) || char.IsWhiteSpace(c))) return null;
            tokens.Add(token);
        }

        return tokens;
    }

    /// <summary>A raw value may be folded, but not end its own field: each line break is CR LF with white space behind it.</summary>
    static bool IsFolded(string raw)
    {
        if (raw.Length > LongestRaw) return false;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '\0' || raw[i] == '\n') return false;
            if (raw[i] != '\r') continue;
            if (i + 2 >= raw.Length || raw[i + 1] != '\n' || raw[i + 2] is not (' ' or '\t')) return false;
            i += 2;
        }

        return true;
    }
}
