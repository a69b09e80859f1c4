namespace Bastide.Mail.Imap;

/// <summary>The peer sends a line without end: there is no telling where its next command would begin, so the connection closes.</summary>
sealed class ImapLineTooLongException : Exception;
