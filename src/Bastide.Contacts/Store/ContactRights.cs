using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Contacts.Store;

/// <summary>What a caller may do with the address books of an account: by a grant on the whole, on single ones, or both.</summary>
sealed class ContactRights(Rights whole, IReadOnlyDictionary<long, Rights> books)
{
    /// <summary>The scope a credential needs for contacts.</summary>
    public const string Scope = "contacts";

    static readonly Dictionary<long, Rights> NoBooks = [];

    /// <summary>What holds for every address book.</summary>
    public Rights Whole => whole;

    /// <summary>Whether every address book may be read.</summary>
    public bool SeesAll => whole.HasFlag(Rights.Read);

    /// <summary>Whether no address book may be read.</summary>
    public bool SeesNothing => !SeesAll && !books.Values.Any(rights => rights.HasFlag(Rights.Read));

    /// <summary>Looks them up, in the scope of the operation.</summary>
    public static async ValueTask<ContactRights> Of(ReadScope scope, Caller caller, AccountId account)
    {
        if (!caller.May(Scope)) return new ContactRights(Rights.None, NoBooks);
        var whole = await Access.On(scope, caller, account);
        return new ContactRights(whole, whole == Rights.Owner ? NoBooks : await Access.OnCollections(scope, caller, account, ContactTypes.AddressBook));
    }

    /// <summary>What may be done with one address book.</summary>
    public Rights On(long book) => whole | books.GetValueOrDefault(book);

    /// <summary>Whether this may be done with the address book.</summary>
    public bool May(Rights right, long book) => On(book).HasFlag(right);

    /// <summary>Whether something in these address books is visible.</summary>
    public bool Sees(IEnumerable<long> places) => SeesAll || places.Any(book => May(Rights.Read, book));

    /// <summary>
    /// Whether a card in these address books may be changed: in one of them, as CardDAV has it, where the same card is one
    /// in each.
    /// </summary>
    public bool MayChange(IEnumerable<long> places) => places.Any(book => May(Rights.Write, book));
}
