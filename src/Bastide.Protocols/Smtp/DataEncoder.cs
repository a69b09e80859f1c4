namespace Bastide.Protocols.Smtp;

/// <summary>
/// Writes what follows DATA: doubles the dot at the beginning of a line and ends with CR LF . CR LF. RFC 5321 §4.5.2.
/// A line begins after any LF here, so that a lone one in old content cannot be taken for the end by a lax peer.
/// </summary>
public sealed class DataEncoder
{
    byte _last = (byte)'\n';

    /// <summary>How much room <see cref="Encode"/> needs for so many octets.</summary>
    public static int RoomFor(int length) => length * 2;

    /// <summary>Encodes a piece; answers how many octets were written.</summary>
    public int Encode(ReadOnlySpan<byte> piece, Span<byte> output)
    {
        var written = 0;
        while (piece.Length > 0)
        {
            if (_last == '\n' && piece[0] == '.') output[written++] = (byte)'.';
            var line = piece.IndexOf((byte)'\n');
            var length = line < 0 ? piece.Length : line + 1;
            piece[..length].CopyTo(output[written..]);
            written += length;
            _last = piece[length - 1];
            piece = piece[length..];
        }

        return written;
    }

    /// <summary>The end, with the line end the content lacks.</summary>
    public ReadOnlyMemory<byte> End() => _last == '\n' ? ".\r\n"u8.ToArray() : "\r\n.\r\n"u8.ToArray();
}
