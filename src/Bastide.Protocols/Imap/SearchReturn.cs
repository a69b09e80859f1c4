namespace Bastide.Protocols.Imap;

/// <summary>What of a result is told (RFC 4731, RFC 5182).</summary>
[Flags]
public enum SearchReturn
{
    /// <summary>Nothing was said: the form of RFC 3501.</summary>
    None = 0,

    /// <summary><c>MIN</c>.</summary>
    Min = 1,

    /// <summary><c>MAX</c>.</summary>
    Max = 2,

    /// <summary><c>ALL</c>.</summary>
    All = 4,

    /// <summary><c>COUNT</c>.</summary>
    Count = 8,

    /// <summary><c>SAVE</c>: it is kept for <c>$</c>.</summary>
    Save = 16,
}
