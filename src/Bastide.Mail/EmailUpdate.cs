using Bastide.Protocols.Jmap;

namespace Bastide.Mail;

/// <summary>A change to a message: nothing else of one ever changes (RFC 8621 §4.6).</summary>
public sealed record EmailUpdate
{
    /// <summary>The mailboxes it is in, or null to leave them.</summary>
    public Patch<long>? MailboxIds { get; init; }

    /// <summary>Its keywords, or null to leave them.</summary>
    public Patch<string>? Keywords { get; init; }
}
