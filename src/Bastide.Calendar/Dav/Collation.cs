using System.Globalization;
using System.Text;
using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav;

/// <summary>How texts are compared (RFC 4790, RFC 5051, RFC 4791 §7.5): whether one holds another.</summary>
sealed class Collation
{
    static readonly Dictionary<string, Func<string, string>> Known = new(StringComparer.Ordinal)
    {
        ["i;ascii-casemap"] = text => string.Create(text.Length, text, (span, from) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
        }),
        ["i;octet"] = text => text,
        ["i;unicode-casemap"] = text => text.ToUpperInvariant().ToLowerInvariant().Normalize(NormalizationForm.FormKD),
    };

    readonly Func<string, string> _key;

    Collation(Func<string, string> key) => _key = key;

    /// <summary>The names of those there are.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>The one of a name, the one of RFC 4791 where none is given. Throws <see cref="DavException"/> for one nobody knows.</summary>
    public static Collation Of(string? name) => Known.TryGetValue(name is null or "default" ? "i;ascii-casemap" : name, out var key)
        ? new Collation(key)
        : throw new DavException(DavError.Violated(CalDavNames.Of("supported-collation")));

    /// <summary>Whether the text holds the part.</summary>
    public bool Holds(string text, string part) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(_key(text), _key(part), CompareOptions.Ordinal) >= 0;
}
