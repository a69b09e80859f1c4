namespace Bastide.Mail;

/// <summary>A message to be stored for its asker (RFC 8621 §4.6, §4.8).</summary>
/// <param name="Message">The message; its bytes are durable already.</param>
/// <param name="MailboxIds">Where it goes, at least one.</param>
public sealed record EmailCreate(ParsedMessage Message, IReadOnlyList<long> MailboxIds)
{
    /// <summary>Its keywords.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>When it came; now when it is not said.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }
}
