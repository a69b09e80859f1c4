using Bastide.Platform.Blobs;

namespace Bastide.Drive.Uploads;

/// <summary>The octets of several blobs, one behind the other; one of them is open at a time.</summary>
sealed class PartsStream(BlobStore blobs, IReadOnlyList<UploadPart> parts) : Stream
{
    Stream? _open;
    int _next;
    long _position;

    public override bool CanRead => true;

    /// <summary>It is read once, from its beginning.</summary>
    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; } = parts.Sum(part => part.Size);

    public override long Position
    {
        get => _position;
        set
        {
            if (value != _position) throw new NotSupportedException("Parts are read once, from their beginning.");
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            if (_open is null)
            {
                if (_next == parts.Count) return 0;
                _open = await blobs.Open(parts[_next].Blob, cancellationToken) ?? throw new InvalidDataException($"The part {parts[_next].Name} of an upload is gone.");
                _next++;
            }

            var read = await _open.ReadAsync(buffer, cancellationToken);
            if (read > 0)
            {
                _position += read;
                return read;
            }

            await _open.DisposeAsync();
            _open = null;
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Parts are read without blocking.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (_open is not null) await _open.DisposeAsync();
        _open = null;
        await base.DisposeAsync();
    }
}
