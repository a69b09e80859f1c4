using System.Buffers;
using System.Text;

namespace Bastide.Protocols.ICalendar;

/// <summary>Writes components: lines end with CRLF and are folded before their 76th octet, never within a character (RFC 5545 §3.1).</summary>
public static class ICalWriter
{
    const int LongestLine = 75;

    /// <summary>The octets of a component.</summary>
    public static byte[] Write(ICalComponent component)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        Write(component, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The text of a component.</summary>
    public static string WriteText(ICalComponent component) => Encoding.UTF8.GetString(Write(component));

    /// <summary>Writes a component to a buffer, for whoever writes many.</summary>
    public static void Write(ICalComponent component, IBufferWriter<byte> output)
    {
        Line("BEGIN:" + component.Name, output);
        foreach (var node in component.Nodes)
        {
            if (node is ICalComponent inner) Write(inner, output);
            else Line(((ICalProperty)node).Written, output);
        }

        Line("END:" + component.Name, output);
    }

    /// <summary>Writes one line with its folds and its end.</summary>
    public static void Line(string line, IBufferWriter<byte> output)
    {
        var count = Encoding.UTF8.GetByteCount(line);
        var octets = count <= 1024 ? stackalloc byte[count] : new byte[count];
        Encoding.UTF8.GetBytes(line, octets);
        var room = LongestLine;
        while (octets.Length > room)
        {
            var cut = room;
            while ((octets[cut] & 0xC0) == 0x80) cut--;
            output.Write(octets[..cut]);
            output.Write("\r\n "u8);
            octets = octets[cut..];
            room = LongestLine - 1;
        }

        output.Write(octets);
        output.Write("\r\n"u8);
    }
}
