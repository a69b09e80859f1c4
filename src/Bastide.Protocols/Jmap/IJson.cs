using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Bastide.Protocols.Jmap;

/// <summary>Reads I-JSON (RFC 7493): valid UTF-8, no name twice in an object, no half of a surrogate pair; and of bounded depth.</summary>
static class IJson
{
    const int Deepest = 100;
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = Deepest, AllowDuplicateProperties = false };
    static readonly JsonReaderOptions Walk = new() { MaxDepth = Deepest };

    /// <summary>Reads the value, which may be JSON's null; false when the octets are not I-JSON.</summary>
    public static bool TryRead(ReadOnlySpan<byte> octets, out JsonNode? value)
    {
        value = null;
        try
        {
            // A half pair would be found only when the text is read, deep in a method: so look before.
            if (!Utf8.IsValid(octets) || (octets.IndexOf("\\u"u8) >= 0 && !HasWholePairs(octets))) return false;
            value = JsonNode.Parse(octets, documentOptions: Strict);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static bool HasWholePairs(ReadOnlySpan<byte> octets)
    {
        var reader = new Utf8JsonReader(octets, Walk);
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && !HasWholePairsIn(reader.ValueSpan))
                return false;
        return true;
    }

    static bool HasWholePairsIn(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf((byte)'\\') is var at and >= 0)
        {
            text = text[at..];
            if (text[1] != 'u')
            {
                text = text[2..];
                continue;
            }

            var unit = Unit(text);
            text = text[6..];
            if (char.IsLowSurrogate(unit)) return false;
            if (!char.IsHighSurrogate(unit)) continue;
            if (!text.StartsWith("\\u"u8) || !char.IsLowSurrogate(Unit(text))) return false;
            text = text[6..];
        }

        return true;
    }

    static char Unit(ReadOnlySpan<byte> escape) => (char)ushort.Parse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
