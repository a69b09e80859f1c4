using System.Buffers;
using System.Text;
using Bastide.Mail.Mime;
using Bastide.Mail.Store;

namespace Bastide.Mail.Imap;

/// <summary>
/// A header as it is stored, that a search looks into before it is read: where the octets do not stand in the whole of it,
/// they stand in none of its fields. Reading one takes some 20 µs, looking into it less than 1.
/// </summary>
sealed class StoredHeader(byte[] json)
{
    // What is written in another way within JSON, so that it says nothing of the octets.
    static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$%()*,-./:;=?@[]^_{|}~");

    MessageHeader? _read;

    /// <summary>The header, read.</summary>
    public MessageHeader Read() => _read ??= MessageJson.ReadHeader(json);

    /// <summary>False where no field of it holds the text, whatever the case; null where it must be read to tell.</summary>
    public bool? Holds(string text)
    {
        // Between a name and its address stands a space that is not stored.
        if (text.StartsWith(' ') || text.EndsWith(' ')) return null;
        // A value that was cut at arrival may go on (it is as long as all this), and letters beyond ASCII may be those within it in another case.
        if (_read is not null || text.Length == 0 || json.Length >= MimeBounds.MaxValue || text.AsSpan().ContainsAnyExcept(Plain) || json.AsSpan().IndexOf("\\u017"u8) >= 0 || json.AsSpan().IndexOf("\\u212"u8) >= 0) return null;
        // Nor are the signs after the name of a group.
        if (text.AsSpan().ContainsAny(':', ';') && json.AsSpan().IndexOf("\"groups\""u8) >= 0) return null;
        return Contains(json, Encoding.ASCII.GetBytes(text)) ? null : false;
    }

    static bool Contains(ReadOnlySpan<byte> all, ReadOnlySpan<byte> text)
    {
        var (lower, upper) = ((byte)char.ToLowerInvariant((char)text[0]), (byte)char.ToUpperInvariant((char)text[0]));
        while (all.Length >= text.Length)
        {
            var at = all[..(all.Length - text.Length + 1)].IndexOfAny(lower, upper);
            if (at < 0) return false;
            if (Ascii.EqualsIgnoreCase(all.Slice(at, text.Length), text)) return true;
            all = all[(at + 1)..];
        }

        return false;
    }
}
