using System.Buffers;
using System.Text;

namespace Bastide.Fuzz.Targets;

/// <summary>Reads what an IMAP server said as strictly as the grammar has it (RFC 9051 §7, §9).</summary>
ref struct ImapAnswers
{
    static readonly SearchValues<byte> NotInTexts = SearchValues.Create("\r\n\0"u8);
    readonly ReadOnlySpan<byte> _said;
    readonly ReadOnlySpan<byte> _asked;
    int _at;

    ImapAnswers(ReadOnlySpan<byte> said, ReadOnlySpan<byte> asked)
    {
        _said = said;
        _asked = asked;
    }

    /// <summary>Throws where something was said that no client could read. What is said behind TLS and DEFLATE is not looked at.</summary>
    public static void Check(ReadOnlySpan<byte> said, ReadOnlySpan<byte> asked)
    {
        Invariant.Holds(said.StartsWith("* OK "u8) || said.StartsWith("* BYE "u8), $"The greeting is {Encoding.Latin1.GetString(said)}");
        var answers = new ImapAnswers(said, asked);
        while (answers._at < said.Length)
            if (!answers.Line())
                return;
    }

    /// <summary>One answer; false where the connection goes on in another form.</summary>
    bool Line()
    {
        var tag = Word();
        if (tag is [(byte)'+'])
        {
            Text();
            return true;
        }

        var before = _at;
        var kind = Word();
        var isStatus = kind.SequenceEqual("OK"u8) || kind.SequenceEqual("NO"u8) || kind.SequenceEqual("BAD"u8) || kind.SequenceEqual("BYE"u8);
        if (tag is not [(byte)'*'])
        {
            Invariant.Holds(isStatus && _asked.IndexOf(tag) >= 0, $"{Encoding.Latin1.GetString(tag)} is no tag of the client's");
            var text = Text();
            return !(kind.SequenceEqual("OK"u8) && (text.SequenceEqual("DEFLATE begins"u8) || text.SequenceEqual("Begin TLS now"u8)));
        }

        if (isStatus)
        {
            Text();
            return true;
        }

        _at = before;
        Data();
        return true;
    }

    /// <summary>What stands up to the next space or the end of the line; the space is passed over.</summary>
    ReadOnlySpan<byte> Word()
    {
        var rest = _said[_at..];
        var end = rest.IndexOfAny((byte)' ', (byte)'\r');
        Invariant.Holds(end > 0, $"An answer has no word at {_at}: {Context()}");
        _at += end + (rest[end] == ' ' ? 1 : 0);
        return rest[..end];
    }

    /// <summary>Text up to the end of the line.</summary>
    ReadOnlySpan<byte> Text()
    {
        var rest = _said[_at..];
        var end = rest.IndexOfAny(NotInTexts);
        Invariant.Holds(end >= 0 && rest[end..].StartsWith("\r\n"u8), $"A line of text does not end at {_at}: {Context()}");
        _at += end + 2;
        return rest[..end];
    }

    /// <summary>Values with their strings, literals and lists, up to the end of the line.</summary>
    void Data()
    {
        var depth = 0;
        while (true)
        {
            Invariant.Holds(_at < _said.Length, $"The last answer is cut off: {Context()}");
            var octet = _said[_at++];
            switch (octet)
            {
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')':
                    Invariant.Holds(--depth >= 0, $"A list ends that did not begin, at {_at}: {Context()}");
                    break;
                case (byte)'"':
                    Quoted();
                    break;
                case (byte)'{':
                    Literal();
                    break;
                case (byte)'\r':
                    Invariant.Holds(depth == 0 && _at < _said.Length && _said[_at] == '\n', $"A line ends within an answer at {_at}: {Context()}");
                    _at++;
                    return;
                default:
                    Invariant.Holds(octet is not ((byte)'\n' or 0), $"An answer holds {octet} at {_at}: {Context()}");
                    break;
            }
        }
    }

    void Quoted()
    {
        while (true)
        {
            Invariant.Holds(_at < _said.Length && _said[_at] is not ((byte)'\r' or (byte)'\n' or 0), $"A quote is not closed at {_at}: {Context()}");
            var octet = _said[_at++];
            if (octet == '"') return;
            if (octet != '\\') continue;
            Invariant.Holds(_at < _said.Length && _said[_at] is (byte)'"' or (byte)'\\', $"A quote holds a \\ before nothing at {_at}: {Context()}");
            _at++;
        }
    }

    void Literal()
    {
        var rest = _said[_at..];
        var end = rest.IndexOf("}\r\n"u8);
        Invariant.Holds(end > 0 && rest[..end].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0, $"A literal has no length at {_at}: {Context()}");
        _at += end + 3;
        var size = int.Parse(rest[..end], System.Globalization.CultureInfo.InvariantCulture);
        Invariant.Holds(size <= _said.Length - _at, $"A literal is cut off at {_at}: {Context()}");
        _at += size;
    }

    readonly string Context() => Encoding.Latin1.GetString(_said[Math.Max(0, Math.Min(_at, _said.Length) - 200)..Math.Min(_said.Length, _at + 100)]);
}
