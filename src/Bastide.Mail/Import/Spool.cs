namespace Bastide.Mail.Import;

/// <summary>Where a message is put together: in memory, and on the disk when it grows large.</summary>
sealed class Spool : IAsyncDisposable
{
    const int MostInMemory = 512 * 1024;

    Stream _stream = new MemoryStream();
    byte _last;

    public long Length => _stream.Length;

    /// <summary>Adds a line, its line end made CRLF.</summary>
    public async ValueTask WriteLine(ReadOnlyMemory<byte> line, CancellationToken cancellation)
    {
        if (_stream is MemoryStream memory && memory.Length + line.Length > MostInMemory) await ToDisk(memory, cancellation);
        var hasEnd = line.Span.EndsWith("\n"u8);
        var text = hasEnd ? line[..^1] : line;
        await _stream.WriteAsync(text, cancellation);
        if (!text.IsEmpty) _last = text.Span[^1];
        if (hasEnd && (text.IsEmpty || _last != '\r')) await _stream.WriteAsync("\r\n"u8.ToArray(), cancellation);
        else if (hasEnd) await _stream.WriteAsync("\n"u8.ToArray(), cancellation);
        if (hasEnd) _last = 0;
    }

    /// <summary>Takes the last line break away: mbox puts an empty line behind each message.</summary>
    public void RemoveEmptyLine()
    {
        if (_stream.Length < 4) return;
        var end = new byte[4];
        _stream.Position = _stream.Length - 4;
        _stream.ReadExactly(end);
        if (end.AsSpan().SequenceEqual("\r\n\r\n"u8)) _stream.SetLength(_stream.Length - 2);
        _stream.Position = _stream.Length;
    }

    /// <summary>Hands the message over, at its beginning.</summary>
    public Stream Take()
    {
        var taken = _stream;
        _stream = new MemoryStream();
        taken.Position = 0;
        return taken;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    async ValueTask ToDisk(MemoryStream memory, CancellationToken cancellation)
    {
        var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Truncate, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        memory.Position = 0;
        await memory.CopyToAsync(file, cancellation);
        await memory.DisposeAsync();
        _stream = file;
    }
}
