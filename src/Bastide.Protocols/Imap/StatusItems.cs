namespace Bastide.Protocols.Imap;

/// <summary>The items of STATUS (RFC 9051 §6.3.11 and the extensions cited).</summary>
[Flags]
public enum StatusItems
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>MESSAGES</c>.</summary>
    Messages = 1,

    /// <summary><c>UIDNEXT</c>.</summary>
    UidNext = 2,

    /// <summary><c>UIDVALIDITY</c>.</summary>
    UidValidity = 4,

    /// <summary><c>UNSEEN</c>.</summary>
    Unseen = 8,

    /// <summary><c>RECENT</c> (RFC 3501).</summary>
    Recent = 16,

    /// <summary><c>DELETED</c> (RFC 9051, RFC 9208).</summary>
    Deleted = 32,

    /// <summary><c>SIZE</c> (RFC 8438).</summary>
    Size = 64,

    /// <summary><c>HIGHESTMODSEQ</c> (RFC 7162).</summary>
    HighestModSeq = 128,

    /// <summary><c>MAILBOXID</c> (RFC 8474).</summary>
    MailboxId = 256,

    /// <summary><c>APPENDLIMIT</c> (RFC 7889).</summary>
    AppendLimit = 512,

    /// <summary><c>DELETED-STORAGE</c> (RFC 9208).</summary>
    DeletedStorage = 1024,
}
