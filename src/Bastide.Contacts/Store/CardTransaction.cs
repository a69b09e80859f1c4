using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Contacts.Store;

/// <summary>
/// The work of one transaction on the cards of one account. It holds the account's row from the beginning, so that nobody
/// else changes this account meanwhile; <see cref="Settle"/> writes what follows from the changes: tombstones, usage, and
/// what readers of single address books are told. Who may do what was asked before.
/// </summary>
sealed class CardTransaction
{
    static readonly Sql LockAccount = new("SELECT seq FROM accounts WHERE id = $1 {lock}");

    readonly WriteScope _scope;
    readonly AccountId _account;
    readonly Dictionary<long, AddressBookRow> _books;
    readonly HashSet<long> _touchedBooks = [];
    readonly List<(long Id, Sequence Created)> _buried = [];
    long _octets;
    long _items;
    long _count;

    CardTransaction(WriteScope scope, AccountId account, List<AddressBookRow> books, long count)
    {
        _scope = scope;
        _account = account;
        _books = books.ToDictionary(book => book.Id);
        _count = count;
    }

    /// <summary>The address books of the account.</summary>
    public IReadOnlyDictionary<long, AddressBookRow> Books => _books;

    /// <summary>Begins; throws <see cref="InvalidOperationException"/> when there is no such account.</summary>
    public static async ValueTask<CardTransaction> Begin(WriteScope scope, AccountId account)
    {
        if (await scope.Long(LockAccount, account) is null) throw new InvalidOperationException($"There is no account {account} to change.");
        var usage = (await AccountTable.Usage(scope, account)).FirstOrDefault(usage => usage.Type == ContactTypes.ContactCard);
        return new CardTransaction(scope, account, await AddressBookTable.All(scope, account), usage.Items);
    }

    /// <summary>Stores a new card in these address books; a name for DAV is made where none is given.</summary>
    public async ValueTask<(long Id, ContactError? Refused)> Create(CardContent card, IReadOnlyCollection<(long Book, string? Resource)> places)
    {
        if (_count >= ContactCards.Most) return (0, new ContactError(ContactFailure.TooManyItems, $"An account may have {ContactCards.Most} cards at most."));
        if (await CheckRoom(card.VCard.Length) is { } error) return (0, error);
        var seq = await Advance();
        var id = await CardTable.Create(_scope, _account, card, seq);
        foreach (var (book, resource) in places) await Put(book, id, card.Uid, resource, seq);
        _octets += card.VCard.Length;
        _items++;
        _count++;
        return (id, null);
    }

    /// <summary>Stores what a card says now.</summary>
    public async ValueTask<ContactError?> Replace(CardRow row, CardContent card)
    {
        var more = card.VCard.Length - row.Size;
        if (more > 0 && await CheckRoom(more) is { } error) return error;
        var seq = await Advance();
        await CardTable.Update(_scope, _account, row.Id, card, seq);
        await PlaceTable.Touch(_scope, [row.Id], seq);
        _touchedBooks.UnionWith(row.Books);
        _octets += more;
        return null;
    }

    /// <summary>Puts a card into these address books and takes it out of all others; it is in one at least.</summary>
    public async ValueTask Move(CardRow row, IReadOnlyCollection<long> books)
    {
        var seq = await Advance();
        var gone = row.Books.Except(books).ToHashSet();
        if (gone.Count > 0) await Leave((await PlaceTable.Places(_scope, [row.Id])).FindAll(place => gone.Contains(place.Book)), seq);
        foreach (var book in books.Except(row.Books)) await Put(book, row.Id, row.Uid, null, seq);
        await CardTable.Touch(_scope, [row.Id], seq);
    }

    /// <summary>Puts a card into one more address book under a name.</summary>
    public async ValueTask Add(CardRow row, long book, string resource)
    {
        var seq = await Advance();
        await Put(book, row.Id, row.Uid, resource, seq);
        await CardTable.Touch(_scope, [row.Id], seq);
    }

    /// <summary>Takes a card from where it is; it is put elsewhere in the same transaction.</summary>
    public async ValueTask Leave(CardRow row, CardPlace place)
    {
        var seq = await Advance();
        await Leave([place], seq);
        await CardTable.Touch(_scope, [row.Id], seq);
    }

    /// <summary>Takes cards out of an address book; those that are in no other go.</summary>
    public async ValueTask Remove(IReadOnlyCollection<CardRow> rows, long book)
    {
        var gone = rows.Where(row => row.Books.All(other => other == book)).ToList();
        await Destroy(gone);
        var kept = rows.Except(gone).Select(row => row.Id).ToList();
        if (kept.Count == 0) return;
        var seq = await Advance();
        await Leave((await PlaceTable.Places(_scope, kept)).FindAll(place => place.Book == book), seq);
        await CardTable.Touch(_scope, kept, seq);
    }

    /// <summary>Removes cards from everywhere.</summary>
    public async ValueTask Destroy(IReadOnlyCollection<CardRow> rows)
    {
        if (rows.Count == 0) return;
        var seq = await Advance();
        var ids = rows.Select(row => row.Id).ToList();
        await Leave(await PlaceTable.Places(_scope, ids), seq);
        await CardTable.Delete(_scope, ids);
        _buried.AddRange(rows.Select(row => (row.Id, row.CreatedSeq)));
        _octets -= rows.Sum(row => row.Size);
        _items -= rows.Count;
        _count -= rows.Count;
    }

    /// <summary>Writes what follows from the changes; nothing when there were none.</summary>
    public async ValueTask Settle()
    {
        if (_touchedBooks.Count > 0) await AddressBookTable.Touch(_scope, _touchedBooks, await Advance());
        if (_buried.Count > 0) await Tombstones.Bury(_scope, _account, ContactTypes.ContactCard, await Advance(), _buried);
        if (_octets != 0 || _items != 0) await AccountTable.Use(_scope, _account, ContactTypes.ContactCard, _octets, _items);
    }

    ValueTask<Sequence> Advance() => _scope.Advance(_account, ContactTypes.ContactCard);

    async ValueTask<ContactError?> CheckRoom(long octets) => await AccountTable.HasRoom(_scope, _account, Math.Max(0, _octets) + octets)
        ? null
        : new ContactError(ContactFailure.OverQuota, "The account has no room left.");

    async ValueTask Put(long book, long card, string uid, string? resource, Sequence seq)
    {
        var name = resource ?? ResourceNames.Of(uid);
        if (resource is null && await PlaceTable.Find(_scope, book, name) is not null) name = ResourceNames.New();
        await PlaceTable.Add(_scope, _account, new CardPlace(book, card, name), seq);
        _touchedBooks.Add(book);
    }

    async ValueTask Leave(IReadOnlyCollection<CardPlace> places, Sequence seq)
    {
        await PlaceTable.Remove(_scope, places, seq);
        _touchedBooks.UnionWith(places.Select(place => place.Book));
    }
}
