namespace Bastide.Mail.Mime;

/// <summary>An EmailAddressGroup (RFC 8621 §4.1.2.4).</summary>
/// <param name="Name">The name of the group; null for addresses that stand in none.</param>
/// <param name="Addresses">The addresses.</param>
public sealed record AddressGroup(string? Name, IReadOnlyList<MailAddress> Addresses);
