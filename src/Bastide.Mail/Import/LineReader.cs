using System.Buffers;

namespace Bastide.Mail.Import;

/// <summary>Reads a stream line by line; a very long line comes in pieces.</summary>
sealed class LineReader(Stream stream) : IDisposable
{
    byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    int _start;
    int _end;

    /// <summary>How many octets were handed out.</summary>
    public long Position { get; private set; }

    /// <summary>The next line with its end, or a piece of it; empty at the end of the stream. Valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> Next(CancellationToken cancellation)
    {
        while (true)
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (end >= 0) return Take(end + 1);
            if (_start == 0 && _end == _buffer.Length) return Take(_end);
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
            if (read == 0) return Take(_end);
            _end += read;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    ReadOnlyMemory<byte> Take(int count)
    {
        var line = _buffer.AsMemory(_start, count);
        _start += count;
        Position += count;
        return line;
    }
}
