using System.Text;

namespace Bastide.Protocols.VCard;

/// <summary>Line breaks and quotation marks in values of parameters: <c>^n</c>, <c>^'</c>, <c>^^</c>. RFC 6868 §3.</summary>
public static class CaretEncoding
{
    /// <summary>The value that the encoded one stands for; a caret before anything else is itself.</summary>
    public static string Decode(string value)
    {
        if (!value.Contains('^', StringComparison.Ordinal)) return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var next = i + 1 < value.Length ? value[i + 1] : '\0';
            if (value[i] != '^' || next is not ('n' or '\'' or '^'))
            {
                text.Append(value[i]);
                continue;
            }

            text.Append(next switch { 'n' => '\n', '\'' => '"', _ => '^' });
            i++;
        }

        return text.ToString();
    }

    /// <summary>The encoded value; what else is a control character is left out.</summary>
    public static string Encode(string text)
    {
        if (text.AsSpan().IndexOfAny("^\"") < 0 && !text.Any(char.IsControl)) return text;
        var value = new StringBuilder(text.Length + 8);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            switch (c)
            {
                case '\n':
                    value.Append("^n");
                    break;
                case '"':
                    value.Append("^'");
                    break;
                case '^':
                    value.Append("^^");
                    break;
                case '\t' or >= ' ' and not '\x7F':
                    value.Append(c);
                    break;
            }
        }

        return value.ToString();
    }
}
