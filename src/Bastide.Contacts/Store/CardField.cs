namespace Bastide.Contacts.Store;

/// <summary>The folded texts of cards that searches look into.</summary>
enum CardField
{
    Names,
    Given,
    Surname,
    Surname2,
    Nicknames,
    Organizations,
    Emails,
    Phones,
    Services,
}
