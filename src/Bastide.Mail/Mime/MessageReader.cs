using MimeKit;

namespace Bastide.Mail.Mime;

/// <summary>
/// Follows the events of MimeKit's streaming reader and notes the tree of parts with their offsets. Nothing of the
/// bodies is held but the beginnings of the first texts.
/// </summary>
sealed class MessageReader(ParserOptions options, GuardedStream stream) : MimeReader(options, stream, MimeFormat.Entity), IDisposable
{
    const int MostHeads = 8;

    readonly Stack<PartDraft> _open = new();
    PartDraft? _header;
    PartDecoder? _decoder;
    int _parts;
    int _heads;
    int _embedded;

    /// <summary>The whole message, once its header has been read.</summary>
    public PartDraft? Root { get; private set; }

    /// <summary>The header that was being read when it broke off.</summary>
    public PartDraft? Header => Root ?? _header;

    protected override void OnHeadersBegin(long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        _header = new PartDraft { HeaderStart = beginOffset };
        stream.HeaderBegins(beginOffset);
    }

    protected override void OnHeaderRead(Header header, int beginLineNumber, CancellationToken cancellationToken) => _header!.Take(header);

    protected override void OnHeadersEnd(long beginOffset, int beginLineNumber, long endOffset, int endLineNumber, CancellationToken cancellationToken)
    {
        stream.HeaderEnds();
        _header!.BodyStart = endOffset;
    }

    protected override void OnMultipartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) =>
        Begin(contentType).IsMultipart = true;

    protected override void OnMultipartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) =>
        End(endOffset, lines);

    protected override void OnMessagePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        Begin(contentType);
        _embedded++;
    }

    protected override void OnMessagePartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken)
    {
        _embedded--;
        End(endOffset, lines);
    }

    protected override void OnMimePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => Begin(contentType);

    protected override void OnMimePartContentBegin(long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        var part = _open.Peek();
        part.BodyStart = beginOffset;
        // A multipart that comes here is nested too deep, and shown as the text it is.
        var isText = part.IsOuter && (part.Type is not { } type || type.IsMimeType("text", "*") || type.IsMimeType("multipart", "*")) && _heads++ < MostHeads;
        _decoder = new PartDecoder(part.Encoding, part.IsOuter, isText);
    }

    protected override void OnMimePartContentRead(byte[] content, int startIndex, int count, CancellationToken cancellationToken) =>
        _decoder!.Write(content, startIndex, count);

    protected override void OnMimePartContentEnd(long beginOffset, int beginLineNumber, long endOffset, int lines, NewLineFormat? newLineFormat, CancellationToken cancellationToken)
    {
        var part = _open.Peek();
        _decoder!.Complete(endOffset - beginOffset);
        part.Size = _decoder.Size;
        part.Blob = _decoder.Name;
        part.Head = _decoder.Head;
        part.BodyEnd = endOffset;
        _decoder.Dispose();
        _decoder = null;
    }

    protected override void OnMimePartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) =>
        End(endOffset, lines);

    public void Dispose() => _decoder?.Dispose();

    PartDraft Begin(ContentType type)
    {
        if (++_parts > MimeBounds.MaxParts) throw new MimeBoundException("The message has more parts than any may have.");
        var part = _header ?? new PartDraft();
        _header = null;
        part.Type = type;
        part.IsOuter = _embedded == 0;
        if (_open.TryPeek(out var parent))
        {
            if (parent.IsMultipart) parent.SubParts.Add(part);
            else parent.Embedded ??= part;
        }
        else Root = part;

        _open.Push(part);
        return part;
    }

    void End(long endOffset, int lines)
    {
        var part = _open.Pop();
        part.BodyEnd = Math.Max(part.BodyStart, endOffset);
        part.Lines = lines;
        if (part.HasLostItsParts(isWhole: _open.Count == 0)) part.BecomesText();
    }
}
