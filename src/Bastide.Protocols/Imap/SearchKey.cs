namespace Bastide.Protocols.Imap;

/// <summary>A key of SEARCH (RFC 9051 §6.4.4): what a message must be.</summary>
public abstract record SearchKey
{
    /// <summary>Every message.</summary>
    public sealed record All : SearchKey;

    /// <summary>All of these at once.</summary>
    /// <param name="Keys">The keys.</param>
    public sealed record And(IReadOnlyList<SearchKey> Keys) : SearchKey;

    /// <summary>One of two, or both.</summary>
    /// <param name="One">The one.</param>
    /// <param name="Other">The other.</param>
    public sealed record Or(SearchKey One, SearchKey Other) : SearchKey;

    /// <summary>Not this.</summary>
    /// <param name="Key">The key.</param>
    public sealed record Not(SearchKey Key) : SearchKey;

    /// <summary>Has a flag: a system flag as <c>\Seen</c>, or a keyword.</summary>
    /// <param name="Name">The flag.</param>
    public sealed record Flag(string Name) : SearchKey;

    /// <summary>A day of one of its dates.</summary>
    /// <param name="Which">Which date.</param>
    /// <param name="Comparison">How it compares.</param>
    /// <param name="Day">The day.</param>
    public sealed record Date(SearchDate Which, SearchComparison Comparison, DateOnly Day) : SearchKey;

    /// <summary>Came no longer ago than so many seconds, or longer (RFC 5032).</summary>
    /// <param name="Seconds">The seconds.</param>
    /// <param name="IsOlder">Whether longer ago.</param>
    public sealed record Within(uint Seconds, bool IsOlder) : SearchKey;

    /// <summary>Is larger or smaller than so many octets.</summary>
    /// <param name="Octets">The octets.</param>
    /// <param name="IsLarger">Whether larger.</param>
    public sealed record Size(long Octets, bool IsLarger) : SearchKey;

    /// <summary>A field of the header holds the text; an empty text asks whether there is such a field.</summary>
    /// <param name="Field">The name of the field.</param>
    /// <param name="Text">The text.</param>
    public sealed record Header(string Field, string Text) : SearchKey;

    /// <summary>The body holds the text, and with <paramref name="AndHeader"/> the header may.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="AndHeader">Whether <c>TEXT</c>, not <c>BODY</c>.</param>
    public sealed record Contains(string Text, bool AndHeader) : SearchKey;

    /// <summary>Its UID is of the set.</summary>
    /// <param name="Set">The set.</param>
    public sealed record Uid(SequenceSet Set) : SearchKey;

    /// <summary>Its message number is of the set.</summary>
    /// <param name="Set">The set.</param>
    public sealed record Number(SequenceSet Set) : SearchKey;

    /// <summary>It changed at or after this (RFC 7162 §3.1.5).</summary>
    /// <param name="Value">The modification sequence.</param>
    public sealed record ModSeq(long Value) : SearchKey;

    /// <summary>It has this EMAILID (RFC 8474).</summary>
    /// <param name="Id">The id.</param>
    public sealed record EmailId(string Id) : SearchKey;

    /// <summary>It has this THREADID (RFC 8474).</summary>
    /// <param name="Id">The id.</param>
    public sealed record ThreadId(string Id) : SearchKey;
}
