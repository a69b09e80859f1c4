using System.Buffers;
using System.Text;

namespace Bastide.Mail.Delivery;

/// <summary>
/// Copies a message as it passes, piece by piece, and leaves out, adds and notes fields of its header on the way.
/// Holds a field's name and the few fields it notes, never more than <see cref="MostNoted"/> octets of one.
/// </summary>
/// <param name="output">Where the message goes.</param>
/// <param name="rewriting">What to change.</param>
sealed class MessageRewrite(Stream output, Rewriting rewriting)
{
    const int LongestName = 128;
    const int MostNoted = 256 * 1024;
    static readonly string[] Noted = ["from", "to", "cc", "bcc"];

    readonly ArrayBufferWriter<byte> _ready = new();
    readonly List<byte> _start = [];
    readonly Dictionary<string, StringBuilder> _noted = [];
    State _state = State.LineStart;
    bool _dropping;
    StringBuilder? _noting;
    bool _afterCr;
    bool _hasDate;
    bool _hasMessageId;
    int _fromFields;

    /// <summary>How many servers it says it went through.</summary>
    public int Hops { get; private set; }

    /// <summary>Whether any octet is beyond ASCII.</summary>
    public bool IsEightBit { get; private set; }

    /// <summary>Whether an octet of the header is beyond ASCII: then it travels with SMTPUTF8 only.</summary>
    public bool HasUtf8Header { get; private set; }

    /// <summary>
    /// The value of the From field, unfolded by nobody yet; null when there is none, or more than the one there may be:
    /// readers would show the first or the last as they please. RFC 5322 §3.6.
    /// </summary>
    public string? From => _fromFields == 1 ? ValueOf("from") : null;

    /// <summary>The values of To, Cc and Bcc, Bcc being seen even where it is left out.</summary>
    public IEnumerable<string> Recipients => Noted[1..].Select(ValueOf).OfType<string>();

    /// <summary>Takes the next piece.</summary>
    public ValueTask Write(ReadOnlyMemory<byte> piece, CancellationToken cancellation) =>
        Take(rewriting.NormalisesNewlines ? Normalise(piece.Span) : piece, cancellation);

    /// <summary>Says that nothing follows. A header that never ended is ended here.</summary>
    public async ValueTask End(CancellationToken cancellation)
    {
        if (_afterCr) await Take("\n"u8.ToArray(), cancellation);
        if (_state == State.Body) return;
        if (_start.Count > 0) _ready.Write([.. _start, .. "\r\n"u8]);
        else if (_state == State.InLine && !_dropping) _ready.Write("\r\n"u8);
        EndHeader("\r\n"u8);
        await Send(cancellation);
    }

    async ValueTask Take(ReadOnlyMemory<byte> piece, CancellationToken cancellation)
    {
        IsEightBit |= !Ascii.IsValid(piece.Span);
        if (_state != State.Body)
        {
            var taken = Header(piece.Span);
            HasUtf8Header |= !Ascii.IsValid(piece.Span[..taken]);
            piece = piece[taken..];
            await Send(cancellation);
        }

        if (piece.Length > 0) await output.WriteAsync(piece, cancellation);
    }

    async ValueTask Send(CancellationToken cancellation)
    {
        if (_ready.WrittenCount == 0) return;
        await output.WriteAsync(_ready.WrittenMemory, cancellation);
        _ready.ResetWrittenCount();
    }

    int Header(ReadOnlySpan<byte> piece)
    {
        var at = 0;
        while (at < piece.Length && _state != State.Body)
            at += _state == State.LineStart ? AtLineStart(piece[at]) : InLine(piece[at..]);
        return at;
    }

    int AtLineStart(byte octet)
    {
        if (_start.Count == 0 && octet is (byte)' ' or (byte)'\t')
        {
            // A folded line belongs to the field before it.
            _state = State.InLine;
            return 0;
        }

        _start.Add(octet);
        if (octet == ':') Field(Encoding.ASCII.GetString([.. _start]).TrimEnd(':', ' ', '\t').ToLowerInvariant());
        else if (octet == '\n') LineWithoutField();
        else if (_start.Count == LongestName) Field("");
        return 1;
    }

    void Field(string name)
    {
        _state = State.InLine;
        _dropping = rewriting.Dropped.Contains(name);
        _hasDate |= name == "date";
        _hasMessageId |= name == "message-id";
        if (name == "received") Hops++;
        if (name == "from") _fromFields++;
        _noting = Noted.Contains(name) ? NoteOf(name) : null;
        if (!_dropping) _ready.Write(_start.ToArray());
        _start.Clear();
    }

    void LineWithoutField()
    {
        var line = _start.ToArray();
        _start.Clear();
        _noting = null;
        _dropping = false;
        if (line is [(byte)'\r', (byte)'\n'] or [(byte)'\n']) EndHeader(line);
        else _ready.Write(line);
    }

    int InLine(ReadOnlySpan<byte> piece)
    {
        var end = piece.IndexOf((byte)'\n');
        var line = end < 0 ? piece : piece[..(end + 1)];
        if (!_dropping) _ready.Write(line);
        if (_noting is not null && _noting.Length + line.Length <= MostNoted) _noting.Append(Encoding.Latin1.GetString(line));
        if (end >= 0) _state = State.LineStart;
        return line.Length;
    }

    void EndHeader(ReadOnlySpan<byte> blankLine)
    {
        _state = State.Body;
        if (!_hasDate && rewriting.Date is not null) _ready.Write(Encoding.ASCII.GetBytes($"Date: {rewriting.Date}\r\n"));
        if (!_hasMessageId && rewriting.MessageId is not null) _ready.Write(Encoding.ASCII.GetBytes($"Message-ID: {rewriting.MessageId}\r\n"));
        _ready.Write(blankLine);
    }

    StringBuilder NoteOf(string name)
    {
        if (!_noted.TryGetValue(name, out var note)) return _noted[name] = new StringBuilder();
        // Two fields of one name that ought to be one: their addresses together.
        note.Append(',');
        return note;
    }

    // Octets were kept one to a character; they are UTF-8 (RFC 6532 §3.2).
    string? ValueOf(string name) =>
        _noted.TryGetValue(name, out var note) ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(note.ToString())).ReplaceLineEndings(" ").Trim() : null;

    byte[] Normalise(ReadOnlySpan<byte> piece)
    {
        var made = new ArrayBufferWriter<byte>(piece.Length + 64);
        while (piece.Length > 0)
        {
            if (_afterCr)
            {
                _afterCr = false;
                made.Write("\n"u8);
                if (piece[0] == '\n') piece = piece[1..];
                continue;
            }

            var next = piece.IndexOfAny((byte)'\r', (byte)'\n');
            if (next < 0)
            {
                made.Write(piece);
                break;
            }

            made.Write(piece[..next]);
            made.Write("\r"u8);
            _afterCr = true;
            piece = piece[next] == '\n' ? piece[next..] : piece[(next + 1)..];
        }

        return made.WrittenSpan.ToArray();
    }

    enum State
    {
        LineStart,
        InLine,
        Body,
    }
}
