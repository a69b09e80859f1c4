namespace Bastide.Mail.Imap;

/// <summary>How a connection knows which listener it came through.</summary>
/// <param name="Kind">What the listener is for.</param>
sealed record ImapListener(ImapListenerKind Kind);
