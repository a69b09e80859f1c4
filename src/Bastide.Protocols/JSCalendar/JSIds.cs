using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Bastide.Protocols.ICalendar;

namespace Bastide.Protocols.JSCalendar;

/// <summary>
/// The ids of what iCalendar keeps in lists and JSCalendar in maps: as JSID says; otherwise made of what the entry is, so that
/// the same entry has the same id each time and in each instance.
/// </summary>
static class JSIds
{
    const int LongestId = 255;
    const int Octets = 12;

    /// <summary>The name of the parameter, and in components of the property, that keeps an id.</summary>
    public const string Name = "JSID";

    /// <summary>Whether a text can be an Id (RFC 8620 §1.2).</summary>
    public static bool IsId(string? text)
    {
        if (text is null || text.Length is 0 or > LongestId) return false;
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
        return true;
    }

    /// <summary>An id made of what it names.</summary>
    public static string Of(params IEnumerable<string?> parts)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts)));
        return Base64Url.EncodeToString(digest.AsSpan(0, Octets));
    }

    /// <summary>The id of a property: its own, or one made of what it is that no other has.</summary>
    public static string Of(ICalProperty property, string made, ICollection<string> taken) =>
        Free(property.Parameter(Name) is { } own && IsId(own) ? own : made, taken);

    /// <summary>The same for a component.</summary>
    public static string Of(ICalComponent component, string made, ICollection<string> taken) =>
        Free(component.Text(Name) is { } own && IsId(own) ? own : made, taken);

    /// <summary>The property with the id kept in it, where nothing else says it.</summary>
    public static ICalProperty Keep(ICalProperty property, string id, string made) =>
        property.WithParameter(Name, id == made ? null : id);

    static string Free(string id, ICollection<string> taken)
    {
        for (var n = 2; taken.Contains(id); n++) id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id}-{n}");
        return id;
    }
}
