using System.Security.Cryptography;
using Bastide.Platform.Blobs;
using MimeKit.IO.Filters;

namespace Bastide.Mail.Mime;

/// <summary>Decodes the body of one leaf as it streams by: names its octets, counts them, and keeps the beginning of a text.</summary>
sealed class PartDecoder : IDisposable
{
    /// <summary>How much of a text is kept for the preview.</summary>
    public const int Kept = 32 * 1024;

    readonly IMimeFilter _filter;
    readonly IncrementalHash? _hash;
    readonly MemoryStream? _head;
    // The line break before a boundary comes with the content and is not part of it; it shows only at the end.
    readonly byte[] _held = new byte[2];
    int _heldCount;
    long _seen;

    /// <summary>Begins. Octets are not named within a message inside a message: nothing refers to those parts.</summary>
    public PartDecoder(string encoding, bool named, bool keepHead)
    {
        _filter = DecoderFilter.Create(encoding);
        if (named) _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (keepHead) _head = new MemoryStream();
    }

    /// <summary>How many decoded octets there are.</summary>
    public long Size { get; private set; }

    /// <summary>The name of the decoded octets.</summary>
    public BlobId? Name { get; private set; }

    /// <summary>The beginning of the decoded octets, when it was to be kept.</summary>
    public ReadOnlyMemory<byte> Head => _head?.GetBuffer().AsMemory(0, (int)_head.Length) ?? default;

    /// <summary>Takes encoded octets.</summary>
    public void Write(byte[] buffer, int offset, int count)
    {
        if (count == 0) return;
        _seen += count;
        var all = new byte[_heldCount + count];
        _held.AsSpan(0, _heldCount).CopyTo(all);
        buffer.AsSpan(offset, count).CopyTo(all.AsSpan(_heldCount));
        _heldCount = Math.Min(2, all.Length);
        all.AsSpan(all.Length - _heldCount).CopyTo(_held);
        Decoded(_filter.Filter(all, 0, all.Length - _heldCount, out var start, out var length), start, length);
    }

    /// <summary>
    /// Ends: the body has this many encoded octets, the last of what came may be a line break too much. When it is more than
    /// that, as where a boundary stands in a place of its own, <see cref="Name"/> stays null and the body must be read again.
    /// </summary>
    public void Complete(long encodedLength)
    {
        var surplus = _seen - encodedLength;
        var last = (int)Math.Clamp(_heldCount - surplus, 0, _heldCount);
        Decoded(_filter.Flush(_held, 0, last, out var start, out var length), start, length);
        if (_hash is not null && surplus >= 0 && surplus <= _heldCount) Name = new BlobId(_hash.GetHashAndReset());
    }

    public void Dispose()
    {
        _hash?.Dispose();
        _head?.Dispose();
    }

    void Decoded(byte[] buffer, int start, int length)
    {
        Size += length;
        _hash?.AppendData(buffer, start, length);
        if (_head is not null && _head.Length < Kept) _head.Write(buffer, start, (int)Math.Min(length, Kept - _head.Length));
    }
}
