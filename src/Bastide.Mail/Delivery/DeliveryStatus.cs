namespace Bastide.Mail.Delivery;

/// <summary>How it stands with one recipient of a submission. RFC 8621 §7.</summary>
/// <param name="Recipient">The address.</param>
/// <param name="SmtpReply">The last reply of SMTP about it.</param>
/// <param name="Delivered">What is known of it.</param>
public sealed record DeliveryStatus(string Recipient, string SmtpReply, Delivered Delivered);
