namespace Bastide.Fuzz.Workplace;

/// <summary>Octets that come in pieces of one size, as from a slow network.</summary>
sealed class PieceStream(byte[] octets, int size) : Stream
{
    int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>How large the pieces are for an input: whole for most, else in twos, tens or forties; the same each time for the same input.</summary>
    public static int SizeFor(ReadOnlySpan<byte> input)
    {
        var hash = 2166136261u;
        foreach (var octet in input) hash = (hash ^ octet) * 16777619;
        return ((hash >> 8) & 7) switch
        {
            0 => 2,
            1 => 10,
            2 => 40,
            _ => int.MaxValue,
        };
    }

    public override int Read(Span<byte> buffer)
    {
        var piece = octets.AsSpan(_at, Math.Min(Math.Min(buffer.Length, size), octets.Length - _at));
        piece.CopyTo(buffer);
        _at += piece.Length;
        return piece.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
