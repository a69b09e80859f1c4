namespace Bastide.Mail.Store;

/// <summary>The four counts of a mailbox (RFC 8621 §2), or a difference between two of them.</summary>
record struct MailboxCounts(long TotalEmails, long UnreadEmails, long TotalThreads, long UnreadThreads)
{
    public readonly bool IsZero => this == default;

    public static MailboxCounts operator +(MailboxCounts a, MailboxCounts b) =>
        new(a.TotalEmails + b.TotalEmails, a.UnreadEmails + b.UnreadEmails, a.TotalThreads + b.TotalThreads, a.UnreadThreads + b.UnreadThreads);

    public static MailboxCounts operator -(MailboxCounts a, MailboxCounts b) =>
        new(a.TotalEmails - b.TotalEmails, a.UnreadEmails - b.UnreadEmails, a.TotalThreads - b.TotalThreads, a.UnreadThreads - b.UnreadThreads);
}
