namespace Bastide.Contacts;

/// <summary>What changed in one address book since: by the names that DAV knows cards by (RFC 6578).</summary>
/// <param name="Resource">The card's name.</param>
/// <param name="ETag">What its content is recognised by, or null when it is gone.</param>
/// <param name="Size">The octets of its vCard; 0 when it is gone.</param>
public readonly record struct AddressBookChange(string Resource, string? ETag, long Size);
