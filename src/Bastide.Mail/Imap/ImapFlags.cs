using System.Text;
using Bastide.Mail.Store;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap;

/// <summary>Flags as IMAP writes them, keywords as they are stored (RFC 9051 §2.3.2, RFC 8621 §4.1.1).</summary>
static class ImapFlags
{
    static readonly (MessageFlags Flag, string Name, string Keyword)[] Known =
    [
        (MessageFlags.Seen, "\\Seen", "$seen"),
        (MessageFlags.Answered, "\\Answered", "$answered"),
        (MessageFlags.Flagged, "\\Flagged", "$flagged"),
        (MessageFlags.Draft, "\\Draft", "$draft"),
        (MessageFlags.Forwarded, "$Forwarded", "$forwarded"),
        (MessageFlags.Junk, "$Junk", "$junk"),
        (MessageFlags.NotJunk, "$NotJunk", "$notjunk"),
        (MessageFlags.Phishing, "$Phishing", "$phishing"),
    ];

    /// <summary><c>\Deleted</c>.</summary>
    public const string Deleted = "\\Deleted";

    /// <summary>The flags every mailbox knows.</summary>
    public static IReadOnlyList<string> Defined { get; } = [.. Known.Select(known => known.Name), Deleted];

    // Every list of flags without further keywords, as it is written: a large mailbox is listed in one go.
    static readonly byte[][] Written = [.. Enumerable.Range(0, 512).Select(bits => Encoding.ASCII.GetBytes($"({string.Join(' ', Of(FlagsOf(bits), null))})"))];

    /// <summary>Writes the flags of a message in a mailbox.</summary>
    public static void Write(ImapWriter output, MessageFlags flags, IReadOnlyList<string>? others)
    {
        if (others is { Count: > 0 }) output.Flags(Of(flags, others));
        else output.Raw(Written[(int)((long)flags & 0xff) | ((flags & MessageFlags.Deleted) == 0 ? 0 : 0x100)]);
    }

    static MessageFlags FlagsOf(int bits) => (MessageFlags)(bits & 0xff) | ((bits & 0x100) == 0 ? MessageFlags.None : MessageFlags.Deleted);

    static IEnumerable<string> Of(MessageFlags flags, IReadOnlyList<string>? others)
    {
        foreach (var (flag, name, _) in Known)
            if ((flags & flag) != 0)
                yield return name;
        if ((flags & MessageFlags.Deleted) != 0) yield return Deleted;
        if (others is null) yield break;
        foreach (var other in others) yield return other;
    }

    /// <summary>The keyword that a flag is stored as; null for <c>\Deleted</c>, which is no keyword.</summary>
    public static string? KeywordOf(string flag)
    {
        if (flag == Deleted) return null;
        foreach (var (_, name, keyword) in Known)
            if (name.Equals(flag, StringComparison.OrdinalIgnoreCase))
                return keyword;
        return Keywords.Normalize(flag);
    }
}
