using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Contacts.Store;

/// <summary>The address books and who subscribed to them.</summary>
static class AddressBookTable
{
    const string Columns = "id, resource, name, description, sort_order, is_default, cards_seq, created_seq, changed_seq, extra";

    /// <summary>What changed since, for every protocol.</summary>
    public static ItemTable Items { get; } = new(ContactTypes.AddressBook, "address_books");

    static readonly Sql SelectAll = new($"SELECT {Columns} FROM address_books WHERE account_id = $1 ORDER BY id LIMIT 10000");
    static readonly Sql SelectByResource = new($"SELECT {Columns} FROM address_books WHERE account_id = $1 AND resource = $2");
    static readonly Sql SelectSubscribed = new("""
        SELECT s.book_id FROM address_books b JOIN address_book_subscriptions s ON s.book_id = b.id AND s.person_id = $2
        WHERE b.account_id = $1
        """);

    static readonly Sql Insert = new("""
        INSERT INTO address_books (account_id, resource, name, description, sort_order, is_default, cards_seq, created_seq, changed_seq, extra)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7, $8) RETURNING id
        """);

    static readonly Sql UpdateById = new("UPDATE address_books SET name = $2, description = $3, sort_order = $4, is_default = $5, changed_seq = $6, extra = $7 WHERE id = $1");
    static readonly Sql UpdateCards = new("UPDATE address_books SET cards_seq = $2 WHERE id {any $1}");
    static readonly Sql DeleteById = new("DELETE FROM address_books WHERE id = $1");
    static readonly Sql SelectAccountsSubscribed = new("""
        SELECT DISTINCT b.account_id FROM address_book_subscriptions s JOIN address_books b ON b.id = s.book_id WHERE s.person_id = $1 ORDER BY b.account_id LIMIT $2
        """);

    static readonly Sql InsertSubscription = new("INSERT INTO address_book_subscriptions (book_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    static readonly Sql DeleteSubscription = new("DELETE FROM address_book_subscriptions WHERE book_id = $1 AND person_id = $2");

    static readonly Sql SelectWithout = new("""
        SELECT a.id, a.name FROM accounts a
        WHERE a.id > $1 AND a.kind {any $2} AND NOT EXISTS (SELECT 1 FROM address_books b WHERE b.account_id = a.id)
        ORDER BY a.id LIMIT $3
        """);

    /// <summary>Every address book of the account.</summary>
    public static ValueTask<List<AddressBookRow>> All(ReadScope scope, AccountId account) => scope.List(SelectAll, Map, account);

    /// <summary>The address book of a DAV name, or null.</summary>
    public static ValueTask<AddressBookRow?> Find(ReadScope scope, AccountId account, string resource) => scope.First(SelectByResource, Map, account, resource);

    /// <summary>The address books of the account that the person subscribed to.</summary>
    public static async ValueTask<HashSet<long>> Subscribed(ReadScope scope, AccountId account, AccountId person) =>
        [.. await scope.List(SelectSubscribed, row => row.Long(0), account, person)];

    /// <summary>The accounts of which a person wants to see an address book.</summary>
    public static ValueTask<List<AccountId>> AccountsSubscribed(ReadScope scope, AccountId person, int limit) =>
        scope.List(SelectAccountsSubscribed, row => new AccountId(row.Long(0)), person, limit);

    /// <summary>Makes one; its id is answered.</summary>
    public static async ValueTask<long> Create(WriteScope scope, AccountId account, AddressBookRow book, Sequence seq) =>
        (await scope.Long(Insert, account, book.Resource, book.Name, book.Description, book.SortOrder, book.IsDefault, seq, book.Extra))!.Value;

    /// <summary>Stores a changed one.</summary>
    public static async ValueTask Update(WriteScope scope, AddressBookRow book, Sequence seq) =>
        await scope.Execute(UpdateById, book.Id, book.Name, book.Description, book.SortOrder, book.IsDefault, seq, book.Extra);

    /// <summary>Notes that what is in them changed.</summary>
    public static async ValueTask Touch(WriteScope scope, IReadOnlyCollection<long> books, Sequence seq)
    {
        if (books.Count > 0) await scope.Execute(UpdateCards, books.ToArray(), seq);
    }

    /// <summary>Removes one; it must hold nothing.</summary>
    public static async ValueTask Delete(WriteScope scope, long id) => await scope.Execute(DeleteById, id);

    /// <summary>Notes whether the person wants to see it.</summary>
    public static async ValueTask Subscribe(WriteScope scope, long id, AccountId person, bool subscribed) =>
        await scope.Execute(subscribed ? InsertSubscription : DeleteSubscription, id, person);

    /// <summary>Accounts of people and teams that have no address book, a page after an id.</summary>
    public static ValueTask<List<(AccountId Account, string Name)>> AccountsWithout(ReadScope scope, AccountId after, int limit) =>
        scope.List(SelectWithout, row => (new AccountId(row.Long(0)), row.Text(1)), after, new[] { (long)AccountKind.User, (long)AccountKind.Team }, limit);

    static AddressBookRow Map(Row row) => new()
    {
        Id = row.Long(0),
        Resource = row.Text(1),
        Name = row.Text(2),
        Description = row.TextOrNull(3),
        SortOrder = row.Long(4),
        IsDefault = row.Bool(5),
        CardsSeq = new Sequence(row.Long(6)),
        CreatedSeq = new Sequence(row.Long(7)),
        ChangedSeq = new Sequence(row.Long(8)),
        Extra = row.TextOrNull(9),
    };
}
