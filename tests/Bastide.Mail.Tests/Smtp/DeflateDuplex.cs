using System.IO.Compression;

namespace Bastide.Mail.Tests.Smtp;

/// <summary>Both directions of a connection through DEFLATE; what is written leaves at once.</summary>
sealed class DeflateDuplex(Stream under) : Stream
{
    readonly DeflateStream _in = new(under, CompressionMode.Decompress, leaveOpen: true);
    readonly DeflateStream _out = new(under, CompressionLevel.Fastest, leaveOpen: true);

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _in.ReadAsync(buffer, cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _out.WriteAsync(buffer, cancellationToken);
        await _out.FlushAsync(cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => _in.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count)
    {
        _out.Write(buffer, offset, count);
        _out.Flush();
    }

    public override void Flush() => _out.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _in.Dispose();
        under.Dispose();
        base.Dispose(disposing);
    }
}
