namespace Bastide.Protocols.Imap;

/// <summary>What threading knows of a message.</summary>
/// <param name="Number">What it is told as: its message number, or its UID.</param>
/// <param name="Id">Its Message-ID, or null.</param>
/// <param name="References">The Message-IDs it refers to, the nearest last.</param>
/// <param name="Subject">Its base subject, folded so that equal ones are equal octet by octet.</param>
/// <param name="IsReply">Whether the subject is one of a reply or of something forwarded.</param>
/// <param name="SentAt">When it was sent, in milliseconds since 1970.</param>
public sealed record ThreadMessage(uint Number, string? Id, IReadOnlyList<string> References, string Subject, bool IsReply, long SentAt)
{
    /// <summary>By the time they were sent, then by number (RFC 5256 §2.2).</summary>
    public static int BySent(ThreadMessage one, ThreadMessage other)
    {
        var sent = one.SentAt.CompareTo(other.SentAt);
        return sent != 0 ? sent : one.Number.CompareTo(other.Number);
    }
}
