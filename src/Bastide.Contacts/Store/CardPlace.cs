namespace Bastide.Contacts.Store;

/// <summary>A card in an address book, by the name that DAV has for it.</summary>
/// <param name="Book">The address book.</param>
/// <param name="Card">The card.</param>
/// <param name="Resource">Its name there.</param>
readonly record struct CardPlace(long Book, long Card, string Resource);
