using System.Buffers;

namespace Bastide.Protocols.Smtp;

/// <summary>
/// Cuts a stream of octets into lines. Only CR LF ends a line (RFC 5321 §2.3.8): a lone LF ends a faulty one, so that a
/// peer that sends no CR is told rather than left waiting, and what it sent is never taken as a command. A line that
/// grows too long is dropped as it comes; at most its allowed length is ever left in the buffer.
/// </summary>
public sealed class SmtpLineReader
{
    bool _skipping;

    /// <summary>
    /// Takes the next line off <paramref name="buffer"/>; false when its end has not come yet (what can be dropped is
    /// taken off even then).
    /// </summary>
    /// <param name="buffer">What came; left holding what follows.</param>
    /// <param name="most">The most octets a line may have, CR LF included.</param>
    /// <param name="line">The line.</param>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, int most, out SmtpLine line)
    {
        line = default;
        if (buffer.PositionOf((byte)'\n') is not { } end)
        {
            if (!_skipping && buffer.Length < most) return false;
            _skipping = true;
            buffer = buffer.Slice(buffer.End);
            return false;
        }

        var text = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        if (_skipping || text.Length + 1 > most)
        {
            _skipping = false;
            line = new SmtpLine(ReadOnlySequence<byte>.Empty, SmtpLineFault.TooLong);
            return true;
        }

        line = text.PositionOf((byte)'\r') is { } cr && text.Slice(cr).Length == 1
            ? new SmtpLine(text.Slice(0, cr), SmtpLineFault.None)
            : new SmtpLine(ReadOnlySequence<byte>.Empty, SmtpLineFault.BareNewline);
        return true;
    }
}
