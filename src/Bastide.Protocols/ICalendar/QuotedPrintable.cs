using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Bastide.Protocols.ICalendar;

/// <summary>Texts as vCalendar 1.0 wrote them, and some programs into iCalendar: <c>ENCODING=QUOTED-PRINTABLE</c>.</summary>
static class QuotedPrintable
{
    /// <summary>Whether the parameters of a line name it.</summary>
    public static bool IsNamed(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 0) return false;
        Span<byte> head = stackalloc byte[Math.Min(colon, 512)];
        Ascii.ToUpper(line[..head.Length], head, out _);
        return head.IndexOf("QUOTED-PRINTABLE"u8) >= 0;
    }

    /// <summary>The property with what its value says.</summary>
    public static ICalProperty Read(ICalProperty property)
    {
        var octets = new List<byte>(property.Value.Length);
        var value = Encoding.UTF8.GetBytes(property.Value).AsSpan();
        while (value.Length > 0)
        {
            if (value.StartsWith("=\r\n"u8))
            {
                value = value[3..];
            }
            else if (value.Length > 2 && value[0] == '=' && byte.TryParse(value[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                octets.Add(octet);
                value = value[3..];
            }
            else
            {
                octets.Add(value[0]);
                value = value[1..];
            }
        }

        var text = Utf8.IsValid(octets.ToArray()) ? Encoding.UTF8.GetString([.. octets]) : Encoding.Latin1.GetString([.. octets]);
        return new ICalProperty(property.Name, ICalText.Escape(text), [.. property.Parameters.Where(IsOther)]);
    }

    static bool IsOther(ICalParameter parameter) =>
        !parameter.Is("ENCODING") && !parameter.Is("CHARSET") && !parameter.Is("QUOTED-PRINTABLE");
}
