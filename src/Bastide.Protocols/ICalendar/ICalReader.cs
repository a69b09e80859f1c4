using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Bastide.Protocols.ICalendar;

/// <summary>
/// Reads iCalendar (RFC 5545) and whatever is written in its lines. Nothing is lost: unknown components, properties and
/// parameters stay where they were. Empty lines and lone line feeds are borne, because so many programs write them.
/// </summary>
public static class ICalReader
{
    static readonly UnicodeEncoding Utf16 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    static readonly UnicodeEncoding Utf16BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The components of the outermost level, in their order. Text that is not UTF-8 is refused. Throws
    /// <see cref="ICalFormatException"/>.
    /// </summary>
    public static List<ICalComponent> Read(ReadOnlySpan<byte> octets, ICalLimits limits) => new Run(limits, isLenient: false).Read(octets);

    /// <summary>
    /// The same for files from anywhere: UTF-16 with its mark is read, a line that is not UTF-8 is taken for ISO 8859-1, and
    /// texts in quoted-printable, as vCalendar 1.0 had them, are read as what they say.
    /// </summary>
    public static List<ICalComponent> ReadFile(ReadOnlySpan<byte> octets, ICalLimits limits)
    {
        if (octets.Length > limits.MostOctets) throw TooLarge(limits);
        return new Run(limits, isLenient: true).Read(Transcoded(octets));
    }

    /// <summary>Exactly one VCALENDAR, as a calendar object is one (RFC 4791 §4.1).</summary>
    public static ICalComponent ReadCalendar(ReadOnlySpan<byte> octets, ICalLimits limits)
    {
        var components = Read(octets, limits);
        if (components.Count == 1 && components[0].Is("VCALENDAR")) return components[0];
        if (components.Count == 0) throw new ICalFormatException(0, "There is no VCALENDAR in it.");
        var odd = components.Find(component => !component.Is("VCALENDAR")) ?? components[1];
        throw new ICalFormatException(odd.Line, odd.Is("VCALENDAR") ? "A second VCALENDAR begins, where there is to be one." : $"{odd.Name} is not VCALENDAR.");
    }

    static ICalFormatException TooLarge(ICalLimits limits) => new(0, $"It has more than {limits.MostOctets} octets.");

    static ReadOnlySpan<byte> Transcoded(ReadOnlySpan<byte> octets)
    {
        try
        {
            if (octets.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.UTF8.GetBytes(Utf16.GetString(octets[2..]));
            if (octets.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.UTF8.GetBytes(Utf16BigEndian.GetString(octets[2..]));
        }
        catch (DecoderFallbackException)
        {
            throw new ICalFormatException(0, "It begins as UTF-16 and is not.");
        }

        return octets;
    }

    sealed class Run(ICalLimits limits, bool isLenient)
    {
        readonly List<ICalComponent> _outermost = [];
        readonly Stack<ICalComponent> _open = new();
        readonly ArrayBufferWriter<byte> _folded = new();
        int _count;

        public List<ICalComponent> Read(ReadOnlySpan<byte> octets)
        {
            if (octets.Length > limits.MostOctets) throw TooLarge(limits);
            if (octets.StartsWith("\uFEFF"u8)) octets = octets[3..];
            var line = 0;
            while (octets.Length > 0)
            {
                line++;
                var first = NextLine(ref octets);
                var begins = line;
                if (!Continues(first, octets))
                {
                    Take(first, begins);
                    continue;
                }

                _folded.Clear();
                _folded.Write(first);
                while (Continues(_folded.WrittenSpan, octets))
                {
                    line++;
                    var isFold = octets[0] is (byte)' ' or (byte)'\t';
                    _folded.Write(isFold ? NextLine(ref octets)[1..] : [(byte)'\r', (byte)'\n', .. NextLine(ref octets)]);
                    if (_folded.WrittenCount > limits.MostLineOctets) throw TooLong(begins);
                }

                Take(_folded.WrittenSpan, begins);
            }

            if (_open.TryPeek(out var open)) throw new ICalFormatException(open.Line, $"BEGIN:{open.Name} has no END.");
            return _outermost;
        }

        bool Continues(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest) =>
            rest.Length > 0 && (rest[0] is (byte)' ' or (byte)'\t' || (isLenient && line.EndsWith("="u8) && QuotedPrintable.IsNamed(line)));

        ICalFormatException TooLong(int line) => new(line, $"The line has more than {limits.MostLineOctets} octets.");

        static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> rest)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            return line.EndsWith("\r"u8) ? line[..^1] : line;
        }

        void Take(ReadOnlySpan<byte> octets, int line)
        {
            if (octets.IsEmpty || octets.Trim(" \t\r"u8).IsEmpty) return;
            if (++_count > limits.MostLines) throw new ICalFormatException(line, $"It has more than {limits.MostLines} lines.");
            if (octets.Length > limits.MostLineOctets) throw TooLong(line);
            var property = ContentLine.Parse(Decode(octets, line), line, limits.MostParameters);
            if (isLenient && QuotedPrintable.IsNamed(octets)) property = QuotedPrintable.Read(property);
            if (property.Is("BEGIN")) Begin(property);
            else if (property.Is("END")) End(property);
            else if (_open.TryPeek(out var open)) open.Append(property);
            else throw new ICalFormatException(line, $"{property.Name} stands outside of any component.");
        }

        string Decode(ReadOnlySpan<byte> octets, int line)
        {
            if (Utf8.IsValid(octets)) return Encoding.UTF8.GetString(octets);
            return isLenient ? Encoding.Latin1.GetString(octets) : throw new ICalFormatException(line, "The line is not UTF-8.");
        }

        void Begin(ICalProperty property)
        {
            if (_open.Count == limits.MaxDepth) throw new ICalFormatException(property.Line, $"Components lie more than {limits.MaxDepth} deep.");
            var component = new ICalComponent(NameOf(property), property.Line);
            if (_open.TryPeek(out var outer)) outer.Append(component);
            else _outermost.Add(component);
            _open.Push(component);
        }

        void End(ICalProperty property)
        {
            var name = NameOf(property);
            if (!_open.TryPop(out var component)) throw new ICalFormatException(property.Line, $"END:{name} ends what was not begun.");
            if (!component.Is(name)) throw new ICalFormatException(property.Line, $"END:{name} stands where {component.Name} of line {component.Line} is to end.");
        }

        static string NameOf(ICalProperty property)
        {
            var name = property.Value.Trim();
            return ContentLine.IsName(name) ? name : throw new ICalFormatException(property.Line, $"{property.Name} has no name of a component.");
        }
    }
}
