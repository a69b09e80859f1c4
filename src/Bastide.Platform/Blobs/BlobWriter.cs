using System.Buffers;
using System.Security.Cryptography;

namespace Bastide.Platform.Blobs;

/// <summary>
/// A blob on its way in. Holds at most <see cref="BlobStore.InlineLimit"/> octets in memory; beyond, it goes to a file.
/// Disposed before <see cref="Complete"/>, nothing of it is kept.
/// </summary>
public sealed class BlobWriter : Stream
{
    readonly BlobStore _store;
    readonly string _directory;
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    byte[]? _buffer = ArrayPool<byte>.Shared.Rent(BlobStore.InlineLimit);
    FileStream? _file;
    string? _path;
    long _length;

    internal BlobWriter(BlobStore store, string directory)
    {
        _store = store;
        _directory = directory;
    }

    /// <summary>How many octets came so far.</summary>
    public override long Length => _length;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Position { get => _length; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        _hash.AppendData(buffer.Span);
        if (_file is null && _length + buffer.Length <= BlobStore.InlineLimit)
        {
            buffer.CopyTo(_buffer.AsMemory((int)_length));
            _length += buffer.Length;
            return;
        }

        if (_file is null)
        {
            _path = Path.Combine(_directory, Path.GetRandomFileName());
            _file = new FileStream(_path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 128 * 1024, Options = FileOptions.Asynchronous });
            await _file.WriteAsync(_buffer.AsMemory(0, (int)_length), cancellationToken);
        }

        await _file.WriteAsync(buffer, cancellationToken);
        _length += buffer.Length;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Only <see cref="WriteAsync(ReadOnlyMemory{byte}, CancellationToken)"/> is for use; this one serves libraries that write synchronously.</summary>
    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <summary>Makes the bytes durable and names them. Call it once.</summary>
    public async Task<StoredBlob> Complete(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        var id = new BlobId(_hash.GetHashAndReset());
        if (_file is null) return await _store.KeepInline(id, _buffer.AsMemory(0, (int)_length), cancellation);
        await _file.FlushAsync(cancellation);
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        var stored = await _store.KeepFile(id, _path!, _length, cancellation);
        _path = null;
        return stored;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_file is not null) await _file.DisposeAsync();
        Release();
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file?.Dispose();
            Release();
        }

        base.Dispose(disposing);
    }

    void Release()
    {
        if (_path is not null) File.Delete(_path);
        _path = null;
        _hash.Dispose();
        if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
