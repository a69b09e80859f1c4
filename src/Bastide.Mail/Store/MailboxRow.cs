using Bastide.Platform.Changes;

namespace Bastide.Mail.Store;

/// <summary>A mailbox as it is stored. In a transaction its place in the tree and next UID move with the work.</summary>
sealed class MailboxRow
{
    public required long Id { get; init; }

    /// <summary>0 at the top.</summary>
    public required long ParentId { get; set; }

    public required string Name { get; set; }

    public string? Role { get; set; }

    public long SortOrder { get; set; }

    public long UidValidity { get; init; }

    public long UidNext { get; set; }

    public Sequence HighestModSeq { get; init; }

    public MailboxCounts Counts { get; init; }

    public Sequence CreatedSeq { get; init; }

    public Sequence ChangedSeq { get; init; }

    public Sequence PropertiesSeq { get; init; }

    public long TakeUid() => UidNext++;
}
