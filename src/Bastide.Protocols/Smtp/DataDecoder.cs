using System.Buffers;

namespace Bastide.Protocols.Smtp;

/// <summary>
/// Reads what follows DATA: removes the transparency dots and finds the end. Only CR LF . CR LF ends it
/// (RFC 5321 §4.1.1.4, §4.5.2); a CR or LF alone is content that no one may send (§2.3.8), is noted, and never opens a
/// new line, so that two servers cannot differ about where a message ends.
/// </summary>
public sealed class DataDecoder
{
    State _state = State.LineStart;

    /// <summary>Whether the end was read.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether a CR or LF came that is not part of CR LF: the message must be refused once it is all read.</summary>
    public bool HasBareNewline { get; private set; }

    /// <summary>
    /// Decodes as much of <paramref name="input"/> as fits <paramref name="output"/> (at least 4 octets). Answers how many
    /// octets were written; <paramref name="consumed"/> is where to go on. What follows the end is left.
    /// </summary>
    public int Decode(ReadOnlySequence<byte> input, Span<byte> output, out SequencePosition consumed)
    {
        var written = 0;
        var reader = new SequenceReader<byte>(input);
        // Two octets at most are written for one read, when a CR that was held back turns out to be bare.
        while (!HasEnded && written + 2 <= output.Length && !reader.End)
        {
            if (_state == State.Text)
            {
                var span = reader.UnreadSpan;
                var plain = span.IndexOfAny((byte)'\r', (byte)'\n');
                if (plain < 0) plain = span.Length;
                plain = Math.Min(plain, output.Length - written);
                if (plain > 0)
                {
                    span[..plain].CopyTo(output[written..]);
                    written += plain;
                    reader.Advance(plain);
                    continue;
                }
            }

            reader.TryRead(out var octet);
            written += Step(octet, output[written..]);
        }

        consumed = reader.Position;
        return written;
    }

    int Step(byte octet, Span<byte> output)
    {
        switch (_state)
        {
            case State.LineStart when octet == '.':
                _state = State.Dot;
                return 0;
            case State.Dot when octet == '\r':
                _state = State.DotCr;
                return 0;
            case State.DotCr when octet == '\n':
                HasEnded = true;
                return 0;
            case State.Cr when octet == '\n':
                _state = State.LineStart;
                output[0] = (byte)'\r';
                output[1] = (byte)'\n';
                return 2;
            case State.Cr or State.DotCr:
                HasBareNewline = true;
                output[0] = (byte)'\r';
                if (octet == '\r')
                {
                    _state = State.Cr;
                    return 1;
                }

                _state = State.Text;
                output[1] = octet;
                return 2;
            default:
                return InText(octet, output);
        }
    }

    int InText(byte octet, Span<byte> output)
    {
        if (octet == '\r')
        {
            _state = State.Cr;
            return 0;
        }

        HasBareNewline |= octet == '\n';
        _state = State.Text;
        output[0] = octet;
        return 1;
    }

    enum State
    {
        LineStart,
        Text,
        Cr,
        Dot,
        DotCr,
    }
}
