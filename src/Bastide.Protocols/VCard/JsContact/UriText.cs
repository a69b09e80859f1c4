namespace Bastide.Protocols.VCard.JsContact;

/// <summary>Tells URIs from other texts where a value may be either.</summary>
static class UriText
{
    /// <summary>Whether a text has the form of a URI: a scheme, a colon, and no space after it.</summary>
    public static bool Is(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon + 1 < text.Length && char.IsAsciiLetter(text[0])
            && text.AsSpan(0, colon).IndexOfAnyExcept(SchemeCharacters) < 0
            && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }

    static readonly System.Buffers.SearchValues<char> SchemeCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+.-");
}
