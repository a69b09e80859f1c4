namespace Bastide.Mail;

/// <summary>A mailbox of a header field: an EmailAddress (RFC 8621 §4.1.2.3).</summary>
/// <param name="Name">The display name, decoded, or null.</param>
/// <param name="Email">The address, <c>local@domain</c>; whatever stood there when it is none.</param>
public sealed record MailAddress(string? Name, string Email);
