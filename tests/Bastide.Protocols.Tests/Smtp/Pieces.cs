using System.Buffers;
using System.Text;

namespace Bastide.Protocols.Tests.Smtp;

/// <summary>Octets cut into segments of memory, as a network cuts them.</summary>
static class Pieces
{
    public static ReadOnlySequence<byte> Of(params byte[][] pieces)
    {
        var first = new Segment(pieces[0], 0);
        var last = first;
        foreach (var piece in pieces[1..]) last = last.Append(piece);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    public static ReadOnlySequence<byte> Of(string text) => new(Encoding.Latin1.GetBytes(text));

    /// <summary>Every way to cut in two, and octet by octet.</summary>
    public static IEnumerable<byte[][]> Cuts(byte[] octets)
    {
        yield return [octets];
        for (var i = 1; i < octets.Length; i++) yield return [octets[..i], octets[i..]];
        if (octets.Length > 0) yield return [.. octets.Select(o => new[] { o })];
    }

    sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(byte[] memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
