namespace Bastide.Mail.Import;

/// <summary>What mail can be imported from.</summary>
public enum ImportFormat
{
    /// <summary>A file of messages (RFC 4155), or a directory of such files.</summary>
    Mbox,

    /// <summary>A file that is one message, or a directory of such files.</summary>
    Eml,

    /// <summary>A Maildir, with its Maildir++ folders.</summary>
    Maildir,
}
