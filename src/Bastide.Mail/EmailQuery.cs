namespace Bastide.Mail;

/// <summary>A search for messages (RFC 8621 §4.4).</summary>
public sealed record EmailQuery
{
    /// <summary>Which ones, or null for all.</summary>
    public EmailFilter? Filter { get; init; }

    /// <summary>In which order; the newest first when nothing is said.</summary>
    public IReadOnlyList<EmailSort> Sort { get; init; } = [];

    /// <summary>Whether only the first of each thread is wanted.</summary>
    public bool CollapseThreads { get; init; }

    /// <summary>Where the answer begins; negative counts from the end.</summary>
    public long Position { get; init; }

    /// <summary>Instead of <see cref="Position"/>, the message to begin at.</summary>
    public long? Anchor { get; init; }

    /// <summary>How far from the anchor.</summary>
    public long AnchorOffset { get; init; }

    /// <summary>The most ids to answer.</summary>
    public int Limit { get; init; } = 256;

    /// <summary>Whether the number of all results is wanted.</summary>
    public bool CalculateTotal { get; init; }
}
