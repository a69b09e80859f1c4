namespace Bastide.Contacts;

/// <summary>A card as DAV knows it: a file in an address book.</summary>
/// <param name="Resource">Its name.</param>
/// <param name="ETag">What its content is recognised by.</param>
/// <param name="VCard">The vCard, as it is kept.</param>
public sealed record CardDocument(string Resource, string ETag, ReadOnlyMemory<byte> VCard);
