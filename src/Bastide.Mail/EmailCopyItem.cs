namespace Bastide.Mail;

/// <summary>A message to be copied from another account (RFC 8621 §4.7).</summary>
/// <param name="Id">The message there.</param>
/// <param name="MailboxIds">Where the copy goes.</param>
public sealed record EmailCopyItem(long Id, IReadOnlyList<long> MailboxIds)
{
    /// <summary>The copy's keywords; those of the original when null.</summary>
    public IReadOnlyList<string>? Keywords { get; init; }

    /// <summary>When the copy came; as the original when null.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }
}
