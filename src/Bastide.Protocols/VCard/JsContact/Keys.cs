using System.Globalization;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>The keys of entries: PROP-ID where a card has it (RFC 9555 §2.3.18), or else a word and a number, the same at every conversion.</summary>
sealed class Keys(Card card)
{
    readonly HashSet<string> _given = [.. card.Properties.Select(property => property.First("PROP-ID")).OfType<string>()];
    readonly HashSet<(string, string)> _used = [];
    readonly Dictionary<(string, string), int> _last = [];

    /// <summary>The key of a property's entry in a map.</summary>
    public string Of(string map, string prefix, CardProperty property) =>
        property.First("PROP-ID") is { } given && IsKey(given) && _used.Add((map, given)) ? given : Next(map, prefix);

    /// <summary>A key of no property's own.</summary>
    public string Next(string map, string prefix)
    {
        while (true)
        {
            var number = _last[(map, prefix)] = _last.GetValueOrDefault((map, prefix)) + 1;
            var key = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number}");
            if (!_given.Contains(key) && _used.Add((map, key))) return key;
        }
    }

    /// <summary>Whether a text is an Id (RFC 9553 §1.4.1).</summary>
    public static bool IsKey(string text) => text.Length is > 0 and <= 255 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
