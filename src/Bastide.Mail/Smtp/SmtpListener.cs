namespace Bastide.Mail.Smtp;

/// <summary>How a connection knows which listener it came through.</summary>
/// <param name="Kind">What the listener is for.</param>
sealed record SmtpListener(SmtpListenerKind Kind);
