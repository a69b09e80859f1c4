using System.Text;

namespace Bastide.Protocols.VCard;

/// <summary>The TEXT values of properties: escaped characters, lists and components. RFC 6350 §3.4, §4.1.</summary>
public static class CardText
{
    /// <summary>The text that a value stands for. A backslash before anything that needs none is kept.</summary>
    public static string Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal)) return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
            {
                text.Append(value[i]);
                continue;
            }

            switch (value[++i])
            {
                case 'n' or 'N':
                    text.Append('\n');
                    break;
                // Gmail escapes colons, the address book of macOS quotation marks.
                case '\\' or ',' or ';' or ':' or '"':
                    text.Append(value[i]);
                    break;
                default:
                    text.Append('\\').Append(value[i]);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>The value that stands for a text, within a list or a component too.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("\\,;\r\n") < 0) return text;
        var value = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' or ',' or ';':
                    value.Append('\\').Append(text[i]);
                    break;
                case '\r' when i + 1 < text.Length && text[i + 1] == '\n':
                    break;
                case '\r' or '\n':
                    value.Append("\\n");
                    break;
                default:
                    value.Append(text[i]);
                    break;
            }
        }

        return value.ToString();
    }

    /// <summary>The parts of a value between separators that are not escaped, still escaped themselves.</summary>
    public static List<string> Split(string value, char separator)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                i++;
            }
            else if (value[i] == separator)
            {
                parts.Add(value[start..i]);
                start = i + 1;
            }
        }

        parts.Add(value[start..]);
        return parts;
    }

    /// <summary>The texts of a list with commas between.</summary>
    public static List<string> List(string value) => Split(value, ',').ConvertAll(Unescape);

    /// <summary>The components of a structured value, each a list of texts; an empty component is an empty list.</summary>
    public static List<IReadOnlyList<string>> Components(string value) =>
        Split(value, ';').ConvertAll(component => component.Length == 0 ? [] : (IReadOnlyList<string>)List(component));

    /// <summary>Writes the components of a structured value.</summary>
    public static string Join(IEnumerable<IReadOnlyList<string>> components) =>
        string.Join(';', components.Select(component => string.Join(',', component.Select(Escape))));
}
