namespace Bastide.Mail.Imap;

/// <summary>Octets of unknown length, put where their length can be known: in memory while they are few, else in a file that goes when it is closed.</summary>
/// <param name="Content">The octets, from the first.</param>
/// <param name="HasNul">Whether NUL is among them: then no string can hold them (RFC 9051 §4.3.1).</param>
sealed record Spooled(Stream Content, bool HasNul) : IAsyncDisposable
{
    const int MostInMemory = 1024 * 1024;

    /// <summary>Takes them to their end. Of a text every line ends with CR LF, also where LF alone stands there.</summary>
    public static async ValueTask<Spooled> Of(Stream content, bool ofText, CancellationToken cancellation)
    {
        Stream kept = new MemoryStream();
        var buffer = new byte[32 * 1024];
        var (hasNul, last) = (false, (byte)0);
        int read;
        while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
        {
            ReadOnlyMemory<byte> piece = buffer.AsMemory(0, read);
            hasNul |= piece.Span.Contains((byte)0);
            if (ofText) piece = WithLineEnds(piece, last);
            last = buffer[read - 1];
            if (kept is MemoryStream && kept.Length + piece.Length > MostInMemory) kept = await ToFile(kept, cancellation);
            await kept.WriteAsync(piece, cancellation);
        }

        kept.Position = 0;
        return new Spooled(kept, hasNul);
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();

    static async ValueTask<Stream> ToFile(Stream kept, CancellationToken cancellation)
    {
        var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 32 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        kept.Position = 0;
        await kept.CopyToAsync(file, cancellation);
        return file;
    }

    static ReadOnlyMemory<byte> WithLineEnds(ReadOnlyMemory<byte> piece, byte before)
    {
        var octets = piece.Span;
        var missing = 0;
        for (var at = 0; at < octets.Length; at++)
            if (octets[at] == '\n' && (at == 0 ? before : octets[at - 1]) != '\r')
                missing++;
        if (missing == 0) return piece;
        var mended = new byte[octets.Length + missing];
        var to = 0;
        for (var at = 0; at < octets.Length; at++)
        {
            if (octets[at] == '\n' && (at == 0 ? before : octets[at - 1]) != '\r') mended[to++] = (byte)'\r';
            mended[to++] = octets[at];
        }

        return mended;
    }
}
