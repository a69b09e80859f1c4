namespace Bastide.Mail.Mime;

/// <summary>A header field as it stands (RFC 8621 §4.1.2.1).</summary>
/// <param name="Name">Its name as written.</param>
/// <param name="Value">All behind the colon up to the line break that ends the field; octets that are no UTF-8 are U+FFFD.</param>
public sealed record HeaderField(string Name, string Value);
