using Bastide.Protocols.Jmap;

namespace Bastide.Mail;

/// <summary>Why an operation refused something; each is an error of RFC 8620 or RFC 8621, and of IMAP (RFC 5530).</summary>
public enum MailFailure
{
    /// <summary>It does not exist, or not for the asker.</summary>
    NotFound,

    /// <summary>It exists and the asker may not do this.</summary>
    Forbidden,

    /// <summary>The state the change was made against is not the present one.</summary>
    StateMismatch,

    /// <summary>Some property has a value it cannot have.</summary>
    InvalidProperties,

    /// <summary>The account has no room left.</summary>
    OverQuota,

    /// <summary>It is larger than anything may be.</summary>
    TooLarge,

    /// <summary>A message would be in too many mailboxes.</summary>
    TooManyMailboxes,

    /// <summary>A message would have too many keywords.</summary>
    TooManyKeywords,

    /// <summary>The account has as many items of this type as one may have.</summary>
    TooManyItems,

    /// <summary>The mailbox has others below it.</summary>
    MailboxHasChild,

    /// <summary>The mailbox holds messages.</summary>
    MailboxHasEmail,

    /// <summary>Bytes that the message is to be made of are not there.</summary>
    BlobNotFound,

    /// <summary>The account has the same already.</summary>
    AlreadyExists,

    /// <summary>The bytes are not a message.</summary>
    InvalidEmail,

    /// <summary>The account may not send from this address.</summary>
    ForbiddenFrom,

    /// <summary>It is destroyed in the same set, so that changing it is idle.</summary>
    WillDestroy,
}
