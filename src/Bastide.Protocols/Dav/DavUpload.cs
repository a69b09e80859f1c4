namespace Bastide.Protocols.Dav;

/// <summary>The content of a <c>PUT</c>, not read yet.</summary>
/// <param name="content">The octets.</param>
/// <param name="contentType">What the client says they are, or null.</param>
/// <param name="length">How many there will be, where the client said so.</param>
public sealed class DavUpload(Stream content, string? contentType, long? length)
{
    /// <summary>No content at all, of no type.</summary>
    public static DavUpload Empty => new(Stream.Null, null, 0);

    /// <summary>The octets, to be read once.</summary>
    public Stream Content => content;

    /// <summary>What the client says they are, or null.</summary>
    public string? ContentType => contentType;

    /// <summary>How many there will be, where the client said so.</summary>
    public long? Length => length;

    /// <summary>All of the octets; null when there are more than <paramref name="most"/>, of which no more is read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAll(int most, CancellationToken cancellation)
    {
        if (length > most) return null;
        var buffer = new byte[Math.Min(most, length ?? 16 * 1024) + 1];
        var read = 0;
        while (true)
        {
            var count = await content.ReadAsync(buffer.AsMemory(read), cancellation);
            if (count == 0) return buffer.AsMemory(0, read);
            read += count;
            if (read > most) return null;
            if (read == buffer.Length) Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, most + 1L));
        }
    }
}
