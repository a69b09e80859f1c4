namespace Bastide.Mail.Mime;

/// <summary>Reads another stream and stops a header that does not end, before it fills the memory.</summary>
sealed class GuardedStream(Stream inner) : Stream
{
    // The parser reads ahead by less than this.
    const int ReadAhead = 128 * 1024;
    long _read;
    long _limit = MimeBounds.MaxHeaderOctets;

    /// <summary>A header begins at this offset.</summary>
    public void HeaderBegins(long offset) => _limit = offset + MimeBounds.MaxHeaderOctets + ReadAhead;

    /// <summary>What follows may be as long as it likes.</summary>
    public void HeaderEnds() => _limit = long.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    int Count(int count)
    {
        _read += count;
        return _read <= _limit ? count : throw new MimeBoundException("A header has more octets than any may have.");
    }
}
