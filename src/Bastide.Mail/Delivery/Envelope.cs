namespace Bastide.Mail.Delivery;

/// <summary>Who a message is sent from and to, whatever its header says. RFC 8621 §7; RFC 5321 §2.3.1.</summary>
/// <param name="MailFrom">The reverse-path.</param>
/// <param name="RcptTo">The recipients.</param>
public sealed record Envelope(EnvelopeAddress MailFrom, IReadOnlyList<EnvelopeAddress> RcptTo);
