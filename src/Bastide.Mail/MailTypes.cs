using Bastide.Platform.Changes;

namespace Bastide.Mail;

/// <summary>The types of item that mail tells changes of, by their JMAP names (RFC 8621).</summary>
public static class MailTypes
{
    /// <summary>Mailboxes (RFC 8621 §2).</summary>
    public static DataType Mailbox { get; } = new("Mailbox");

    /// <summary>What IMAP clients note of mailboxes (RFC 5464); no type of JMAP.</summary>
    public static DataType MailboxAnnotation { get; } = new("MailboxAnnotation");

    /// <summary>Threads (RFC 8621 §3).</summary>
    public static DataType Thread { get; } = new("Thread");

    /// <summary>Messages (RFC 8621 §4).</summary>
    public static DataType Email { get; } = new("Email");

    /// <summary>Moves only when mail is delivered, for push that is worth a notification (RFC 8621 §1.5).</summary>
    public static DataType EmailDelivery { get; } = new("EmailDelivery");

    /// <summary>Identities (RFC 8621 §6).</summary>
    public static DataType Identity { get; } = new("Identity");

    /// <summary>The vacation response (RFC 8621 §8).</summary>
    public static DataType VacationResponse { get; } = new("VacationResponse");
}
