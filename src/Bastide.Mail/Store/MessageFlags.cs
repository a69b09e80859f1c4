namespace Bastide.Mail.Store;

/// <summary>The keywords that every client knows, as bits beside the message (RFC 8621 §4.1.1).</summary>
[Flags]
enum MessageFlags : long
{
    None = 0,
    Seen = 1,
    Flagged = 2,
    Answered = 4,
    Draft = 8,
    Forwarded = 16,
    Junk = 32,
    NotJunk = 64,
    Phishing = 128,

    /// <summary>There are further keywords, in <c>message_keywords</c>.</summary>
    Other = 1L << 32,

    /// <summary>IMAP's <c>\Deleted</c>: of a message's place in one mailbox, never of the message (RFC 9051 §2.3.2).</summary>
    Deleted = 1L << 33,
}
