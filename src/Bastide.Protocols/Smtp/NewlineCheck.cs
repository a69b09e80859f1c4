namespace Bastide.Protocols.Smtp;

/// <summary>
/// Looks for a CR or LF that is not part of CR LF in content that comes in pieces (BDAT without BINARYMIME,
/// RFC 3030 §3; RFC 5321 §2.3.8). A CR LF may be cut by the border of two pieces.
/// </summary>
public sealed class NewlineCheck
{
    bool _afterCr;

    /// <summary>Whether one was found, up to now.</summary>
    public bool HasBareNewline { get; private set; }

    /// <summary>Looks at the next piece.</summary>
    public void Scan(ReadOnlySpan<byte> piece)
    {
        while (!HasBareNewline && piece.Length > 0)
        {
            if (_afterCr)
            {
                HasBareNewline = piece[0] != '\n';
                _afterCr = false;
                piece = piece[1..];
                continue;
            }

            var next = piece.IndexOfAny((byte)'\r', (byte)'\n');
            if (next < 0) return;
            HasBareNewline = piece[next] == '\n';
            _afterCr = true;
            piece = piece[(next + 1)..];
        }
    }

    /// <summary>Says that nothing follows: a CR at the very end is bare.</summary>
    public void End() => HasBareNewline |= _afterCr;
}
