using System.Text;

namespace Bastide.Protocols.Dav;

/// <summary>How the texts of filters are compared (RFC 4790): as keys, octet for octet.</summary>
public sealed class DavCollation
{
    static readonly DavCollation[] All =
    [
        new("i;ascii-casemap", text => string.Create(text.Length, text, static (key, from) =>
        {
            for (var i = 0; i < from.Length; i++) key[i] = char.IsAsciiLetterLower(from[i]) ? (char)(from[i] - 32) : from[i];
        })),
        new("i;octet", text => text),
        new("i;unicode-casemap", Casemap),
    ];

    readonly Func<string, string> _key;

    DavCollation(string name, Func<string, string> key)
    {
        Name = name;
        _key = key;
    }

    /// <summary>Case does not matter in any script (RFC 5051).</summary>
    public static DavCollation UnicodeCasemap => All[2];

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => All.Select(collation => collation.Name);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The collation of a name, or null. <c>default</c> is that of RFC 5051.</summary>
    public static DavCollation? Find(string name) => name == "default" ? UnicodeCasemap : Array.Find(All, collation => collation.Name == name);

    /// <summary>What is compared of a text.</summary>
    public string KeyOf(string text) => _key(text);

    /// <summary>Capitals, then everything taken apart that is put together.</summary>
    static string Casemap(string text)
    {
        try
        {
            return text.ToUpperInvariant().Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair.
            return text.ToUpperInvariant();
        }
    }
}
