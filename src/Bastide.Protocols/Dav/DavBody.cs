using System.IO.Pipelines;

namespace Bastide.Protocols.Dav;

/// <summary>The content of a node, to be read whole or in part.</summary>
public abstract class DavBody : IAsyncDisposable
{
    /// <summary>How many octets there are.</summary>
    public abstract long Length { get; }

    /// <summary>Content that is at hand.</summary>
    public static DavBody Of(ReadOnlyMemory<byte> octets) => new Octets(octets);

    /// <summary>Content that is read as it is sent; the stream can seek, and is disposed with this.</summary>
    public static DavBody Of(Stream stream) => new Streamed(stream);

    /// <summary>All of it as a stream that lives as long as this.</summary>
    public abstract Stream AsStream();

    /// <summary>Writes so many octets from an offset on.</summary>
    public abstract ValueTask WriteTo(PipeWriter writer, long offset, long count, CancellationToken cancellation);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    sealed class Octets(ReadOnlyMemory<byte> octets) : DavBody
    {
        public override long Length => octets.Length;

        public override Stream AsStream() => new MemoryStream(octets.ToArray(), writable: false);

        public override async ValueTask WriteTo(PipeWriter writer, long offset, long count, CancellationToken cancellation) =>
            await writer.WriteAsync(octets.Slice((int)offset, (int)count), cancellation);
    }

    sealed class Streamed(Stream stream) : DavBody
    {
        const int Piece = 64 * 1024;

        public override long Length => stream.Length;

        public override Stream AsStream() => stream;

        public override async ValueTask WriteTo(PipeWriter writer, long offset, long count, CancellationToken cancellation)
        {
            stream.Position = offset;
            while (count > 0)
            {
                var memory = writer.GetMemory(Piece);
                var read = await stream.ReadAsync(memory[..(int)Math.Min(memory.Length, count)], cancellation);
                if (read == 0) throw new EndOfStreamException("The content ended before its length.");
                writer.Advance(read);
                count -= read;
                if ((await writer.FlushAsync(cancellation)).IsCompleted) return;
            }
        }

        public override async ValueTask DisposeAsync()
        {
            await stream.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
