using System.Globalization;

namespace Bastide.Protocols.VCard;

/// <summary>Reads one unfolded content line. RFC 6350 §3.3, with the bare parameters and the encodings of 2.1.</summary>
static class ContentLine
{
    static readonly string[] Encodings = ["QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B"];
    static readonly string[] ValueTypes = ["URL", "URI", "INLINE", "CID", "CONTENT-ID"];

    /// <summary>The property, or null with what is wrong.</summary>
    public static CardProperty? Read(ReadOnlySpan<byte> line, long number, out string? error)
    {
        error = null;
        var colon = Colon(line);
        if (colon < 0)
        {
            error = "A property has a name, a colon and a value.";
            return null;
        }

        var head = CardCharset.Decode(line[..colon]);
        var nameEnd = head.IndexOf(';', StringComparison.Ordinal);
        var name = (nameEnd < 0 ? head : head[..nameEnd]).Trim();
        var dot = name.LastIndexOf('.');
        var group = dot > 0 ? name[..dot] : null;
        name = name[(dot + 1)..];
        if (!IsName(name) || group?.All(c => IsNameCharacter(c) || c == '.') == false)
        {
            error = $"\"{Head(nameEnd < 0 ? head : head[..nameEnd])}\" is not the name of a property.";
            return null;
        }

        if (name.Equals("BEGIN", StringComparison.OrdinalIgnoreCase) || name.Equals("END", StringComparison.OrdinalIgnoreCase))
        {
            error = $"{name} says VCARD and nothing else.";
            return null;
        }

        var parameters = nameEnd < 0 ? [] : Parameters(head, nameEnd);
        if (parameters.Sum(p => 1 + p.Values.Count) > CardLimits.Parameters)
        {
            error = $"A property has at most {CardLimits.Parameters} parameters and values of them.";
            return null;
        }

        var property = new CardProperty(name, "") { Group = group, Parameters = parameters, Line = number };
        return Decode(property, line[(colon + 1)..]);
    }

    /// <summary>Whether a text may be the name of a property, a parameter or a group; underscores are met in the wild.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= 255 && name.All(IsNameCharacter);

    static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    /// <summary>Takes the encodings of 2.1 away: the value is text, or base64 that says <c>ENCODING=b</c>.</summary>
    static CardProperty Decode(CardProperty property, ReadOnlySpan<byte> value)
    {
        var charset = property.First("CHARSET");
        var encoding = property.First("ENCODING");
        if (encoding is null) return property.Without("CHARSET") with { Value = CardCharset.Decode(value, charset).Trim('\r') };
        if (encoding.Equals("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase))
        {
            var text = CardCharset.Decode(QuotedPrintable(value), charset).ReplaceLineEndings("\n");
            return property.Without("CHARSET", "ENCODING") with { Value = text.Replace("\n", "\\n", StringComparison.Ordinal) };
        }

        if (encoding.Equals("BASE64", StringComparison.OrdinalIgnoreCase) || encoding.Equals("B", StringComparison.OrdinalIgnoreCase))
        {
            var base64 = string.Concat(CardCharset.Decode(value).Where(c => !char.IsWhiteSpace(c)));
            return property.Without("CHARSET").With("ENCODING", "b") with { Value = base64 };
        }

        return property.Without("CHARSET", "ENCODING") with { Value = CardCharset.Decode(value, charset) };
    }

    static byte[] QuotedPrintable(ReadOnlySpan<byte> value)
    {
        var decoded = new List<byte>(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '=' && i + 2 < value.Length && byte.TryParse(value.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                decoded.Add(octet);
                i += 2;
            }
            else
            {
                decoded.Add(value[i]);
            }
        }

        return [.. decoded];
    }

    /// <summary>Where the value begins: the first colon outside quotes, or the first of all when a quote is left open.</summary>
    static int Colon(ReadOnlySpan<byte> line)
    {
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"') isQuoted = !isQuoted;
            else if (line[i] == ':' && !isQuoted) return i;
        }

        return isQuoted ? line.IndexOf((byte)':') : -1;
    }

    static List<CardParameter> Parameters(string head, int from)
    {
        var parameters = new List<CardParameter>();
        for (var at = from; at < head.Length;)
        {
            at++;
            var end = at;
            while (end < head.Length && head[end] is not ('=' or ';')) end++;
            var name = head[at..end].Trim();
            if (end == head.Length || head[end] == ';')
            {
                if (name.Length > 0) parameters.Add(Bare(name));
                at = end;
                continue;
            }

            var values = new List<string>();
            at = end;
            do
            {
                at++;
                values.Add(Value(head, ref at));
            }
            while (at < head.Length && head[at] == ',');
            // What a quote that is left open makes of the rest is no parameter.
            if (!IsName(name) || parameters.Count > CardLimits.Parameters) continue;
            if (name.Equals("TYPE", StringComparison.OrdinalIgnoreCase)) values = Types(values);
            parameters.Add(new CardParameter(name, values));
        }

        return parameters;
    }

    static string Value(string head, ref int at)
    {
        if (at < head.Length && head[at] == '"')
        {
            var close = head.IndexOf('"', at + 1);
            if (close > 0)
            {
                var quoted = head[(at + 1)..close];
                at = close + 1;
                while (at < head.Length && head[at] is not (',' or ';')) at++;
                return CaretEncoding.Decode(quoted);
            }
        }

        var end = at;
        while (end < head.Length && head[end] is not (',' or ';')) end++;
        var value = head[at..end];
        at = end;
        return CaretEncoding.Decode(value.Trim());
    }

    /// <summary>A value without its parameter's name, as 2.1 writes it: <c>TEL;HOME;VOICE:</c>.</summary>
    static CardParameter Bare(string value)
    {
        if (Encodings.Contains(value, StringComparer.OrdinalIgnoreCase)) return new CardParameter("ENCODING", value);
        return ValueTypes.Contains(value, StringComparer.OrdinalIgnoreCase) ? new CardParameter("VALUE", value) : new CardParameter("TYPE", Types([value]));
    }

    /// <summary>RFC 6350 §5.6 writes the list within one pair of quotes too: <c>TYPE="work,voice"</c>.</summary>
    static List<string> Types(List<string> values) => [.. values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries))];

    static string Head(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
