namespace Bastide.Protocols.Imap;

/// <summary>One thing that messages are sorted by.</summary>
/// <param name="Key">What.</param>
/// <param name="IsReverse">Whether from the highest.</param>
public readonly record struct SortCriterion(SortKey Key, bool IsReverse);
