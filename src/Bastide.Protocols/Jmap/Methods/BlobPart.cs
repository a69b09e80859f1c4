namespace Bastide.Protocols.Jmap.Methods;

/// <summary>A range of a blob, to be read once from its beginning. The range lies within the blob; the stream stays the caller's.</summary>
sealed class BlobPart : Stream
{
    readonly Stream _blob;
    readonly long _length;
    long _left;

    public BlobPart(Stream blob, long offset, long length)
    {
        _blob = blob;
        _length = length;
        _left = length;
        blob.Position = offset;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position { get => _length - _left; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _blob.ReadAsync(buffer[..(int)Math.Min(_left, buffer.Length)], cancellationToken);
        _left -= read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = _blob.Read(buffer, offset, (int)Math.Min(_left, count));
        _left -= read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
