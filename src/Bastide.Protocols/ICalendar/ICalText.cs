using System.Buffers;
using System.Text;

namespace Bastide.Protocols.ICalendar;

/// <summary>The escapes of TEXT values (RFC 5545 §3.3.11) and of parameter values (RFC 6868).</summary>
public static class ICalText
{
    static readonly SearchValues<char> Escaped = SearchValues.Create("\\;,\n\r");
    static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",;:");

    /// <summary>A text in the form of the wire.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(Escaped) < 0) return text;
        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\\' or ';' or ',') escaped.Append('\\').Append(c);
            else if (c == '\n' || (c == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) escaped.Append("\\n");
            else if (c != '\r') escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>The text behind the form of the wire; a backslash before anything else stands for itself, and a lone carriage return for a line's end.</summary>
    public static string Unescape(string value)
    {
        var at = value.AsSpan().IndexOfAny('\\', '\r');
        if (at < 0) return value;
        var text = new StringBuilder(value.Length).Append(value, 0, at);
        for (var i = at; i < value.Length; i++)
        {
            if (value[i] == '\r')
            {
                if (i + 1 == value.Length || value[i + 1] != '\n') text.Append('\n');
                continue;
            }

            if (value[i] != '\\' || i + 1 == value.Length)
            {
                text.Append(value[i]);
                continue;
            }

            var next = value[++i];
            if (next is 'n' or 'N') text.Append('\n');
            else if (next is '\\' or ';' or ',' or ':' or '"') text.Append(next);
            else text.Append('\\').Append(next == '\r' ? '\n' : next);
        }

        return text.ToString();
    }

    /// <summary>The parts of a list of TEXT values, unescaped.</summary>
    public static List<string> List(string value) => [.. Split(value, ',').Select(Unescape)];

    /// <summary>The parts between separators that are not escaped, as they stand.</summary>
    public static List<string> Split(string value, char separator)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\') i++;
            else if (value[i] == separator)
            {
                parts.Add(value[start..i]);
                start = i + 1;
            }
        }

        parts.Add(value[start..]);
        return parts;
    }

    /// <summary>Writes a parameter value, in quotes where it needs them; what quotes cannot hold is written with carets (RFC 6868 §3.1).</summary>
    internal static void AppendParameterValue(StringBuilder text, string value)
    {
        var quoted = value.AsSpan().IndexOfAny(NeedsQuotes) >= 0 || value.Length == 0 || value[0] == ' ' || value[^1] == ' ';
        if (quoted) text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '^') text.Append("^^");
            else if (c == '"') text.Append("^'");
            else if (c == '\n' || (c == '\r' && (i + 1 == value.Length || value[i + 1] != '\n'))) text.Append("^n");
            else if (c != '\r') text.Append(c);
        }

        if (quoted) text.Append('"');
    }

    /// <summary>The value behind the carets; a caret before anything else stands for itself (RFC 6868 §3.2).</summary>
    internal static string UnescapeParameterValue(string value)
    {
        if (!value.Contains('^', StringComparison.Ordinal)) return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '^' || i + 1 == value.Length)
            {
                text.Append(value[i]);
                continue;
            }

            var next = value[++i];
            if (next == 'n') text.Append('\n');
            else if (next == '^') text.Append('^');
            else if (next == '\'') text.Append('"');
            else text.Append('^').Append(next);
        }

        return text.ToString();
    }
}
