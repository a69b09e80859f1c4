using System.Collections.Frozen;

namespace Bastide.Mail.Store;

/// <summary>Keywords and the bits that stand for the well-known ones (RFC 8621 §4.1.1).</summary>
static class Keywords
{
    const int Longest = 255;

    static readonly (string Name, MessageFlags Flag)[] Known =
    [
        ("$seen", MessageFlags.Seen), ("$flagged", MessageFlags.Flagged), ("$answered", MessageFlags.Answered), ("$draft", MessageFlags.Draft),
        ("$forwarded", MessageFlags.Forwarded), ("$junk", MessageFlags.Junk), ("$notjunk", MessageFlags.NotJunk), ("$phishing", MessageFlags.Phishing),
    ];

    static readonly FrozenDictionary<string, MessageFlags> ByName = Known.ToFrozenDictionary(k => k.Name, k => k.Flag);

    /// <summary>The bit of a lower-case keyword, or none.</summary>
    public static MessageFlags FlagOf(string keyword) => ByName.GetValueOrDefault(keyword);

    /// <summary>Whether a keyword may be one: 1 to 255 of the printable ASCII characters without <c>( ) { ] % * " \</c>.</summary>
    public static bool IsValid(string keyword) =>
        keyword.Length is > 0 and <= Longest && keyword.All(c => c is > ' ' and < '\x7f' && !"(){]%*\"\\".Contains(c));

    /// <summary>In lower case: the form they are compared and told in.</summary>
    public static string Normalize(string keyword) => keyword.ToLowerInvariant();

    /// <summary>The bits, and what has no bit.</summary>
    public static (MessageFlags Flags, List<string> Others) Split(IEnumerable<string> keywords)
    {
        var flags = MessageFlags.None;
        var others = new List<string>();
        foreach (var keyword in keywords.Select(Normalize).Distinct())
        {
            if (ByName.TryGetValue(keyword, out var flag)) flags |= flag;
            else others.Add(keyword);
        }

        if (others.Count > 0) flags |= MessageFlags.Other;
        return (flags, others);
    }

    /// <summary>The keywords that the bits and the others stand for.</summary>
    public static List<string> Join(MessageFlags flags, IReadOnlyList<string>? others)
    {
        var keywords = new List<string>();
        foreach (var (name, flag) in Known)
            if (flags.HasFlag(flag))
                keywords.Add(name);
        if (others is not null) keywords.AddRange(others);
        return keywords;
    }

    /// <summary>Whether a message counts as unread: neither seen nor being written.</summary>
    public static bool IsUnread(this MessageFlags flags) => (flags & (MessageFlags.Seen | MessageFlags.Draft)) == 0;
}
