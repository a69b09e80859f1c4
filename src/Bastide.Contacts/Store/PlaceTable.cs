using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Contacts.Store;

/// <summary>Which cards are in which address books, and what has left them.</summary>
static class PlaceTable
{
    static readonly Sql SelectOfAccount = new("SELECT card_id, book_id FROM card_places WHERE account_id = $1 ORDER BY card_id LIMIT $2");
    static readonly Sql SelectOfCards = new("SELECT card_id, book_id, resource FROM card_places WHERE card_id {any $1} ORDER BY card_id, book_id");
    static readonly Sql SelectOfBook = new("SELECT card_id FROM card_places WHERE book_id = $1 ORDER BY card_id LIMIT $2");
    static readonly Sql SelectByResource = new("SELECT book_id, card_id, resource FROM card_places WHERE book_id = $1 AND resource = $2");
    static readonly Sql SelectByResources = new("SELECT book_id, card_id, resource FROM card_places WHERE book_id = $1 AND resource {any $2}");

    static readonly Sql SelectPage = new("""
        SELECT p.resource, c.id, c.etag, c.size, c.composed FROM card_places p JOIN contact_cards c ON c.id = p.card_id
        WHERE p.book_id = $1 AND p.resource > $2 ORDER BY p.resource LIMIT $3
        """);

    static readonly Sql SelectChanged = new("""
        SELECT p.resource, p.changed_seq AS seq, c.etag, c.size FROM card_places p JOIN contact_cards c ON c.id = p.card_id
        WHERE p.book_id = $1 AND p.changed_seq > $2 AND p.changed_seq <= $3
        UNION ALL
        SELECT g.resource, g.gone_seq, NULL, 0 FROM card_places_gone g WHERE g.book_id = $1 AND g.gone_seq > $2 AND g.gone_seq <= $3
        ORDER BY seq, resource LIMIT $4
        """);

    static readonly Sql Insert = new("INSERT INTO card_places (book_id, card_id, account_id, resource, created_seq, changed_seq) VALUES ($1, $2, $3, $4, $5, $5)");
    static readonly Sql TouchOfCards = new("UPDATE card_places SET changed_seq = $2 WHERE card_id {any $1}");
    static readonly Sql Delete = new("DELETE FROM card_places WHERE book_id = $1 AND card_id = $2");
    static readonly Sql InsertGone = new("""
        INSERT INTO card_places_gone (book_id, resource, gone_seq) VALUES ($1, $2, $3) ON CONFLICT (book_id, resource) DO UPDATE SET gone_seq = excluded.gone_seq
        """);

    static readonly Sql DeleteGone = new("DELETE FROM card_places_gone WHERE book_id = $1 AND resource = $2");

    /// <summary>The address books of every card of the account.</summary>
    public static async ValueTask<Dictionary<long, List<long>>> OfAccount(ReadScope scope, AccountId account, int limit) =>
        Grouped(await scope.List(SelectOfAccount, row => (row.Long(0), row.Long(1)), account, limit));

    /// <summary>The address books of these cards.</summary>
    public static async ValueTask<Dictionary<long, List<long>>> OfCards(ReadScope scope, IReadOnlyCollection<long> cards) =>
        Grouped((await scope.List(SelectOfCards, MapCard, cards.ToArray())).Select(place => (place.Card, place.Book)));

    /// <summary>Where these cards are, by name.</summary>
    public static ValueTask<List<CardPlace>> Places(ReadScope scope, IReadOnlyCollection<long> cards) => scope.List(SelectOfCards, MapCard, cards.ToArray());

    /// <summary>Some of the cards in an address book.</summary>
    public static ValueTask<List<long>> OfBook(ReadScope scope, long book, int limit) => scope.List(SelectOfBook, row => row.Long(0), book, limit);

    /// <summary>What is in the address book under a name, or null.</summary>
    public static async ValueTask<CardPlace?> Find(ReadScope scope, long book, string resource) =>
        await scope.First(SelectByResource, row => (CardPlace?)Map(row), book, resource);

    /// <summary>What is in the address book under these names.</summary>
    public static ValueTask<List<CardPlace>> Find(ReadScope scope, long book, IReadOnlyCollection<string> resources) => scope.List(SelectByResources, Map, book, resources.ToArray());

    /// <summary>A page of what is in the address book, by name.</summary>
    public static ValueTask<List<(long Card, CardDocument Document)>> Page(ReadScope scope, long book, string after, int limit) =>
        scope.List(SelectPage, row => (row.Long(1), new CardDocument(row.Text(0), row.Text(2), row.Long(3)) { IsComposed = row.Bool(4) }), book, after, limit);

    /// <summary>What changed in the address book after one number and up to another.</summary>
    public static ValueTask<List<(AddressBookChange Change, Sequence Seq)>> Changed(ReadScope scope, long book, Sequence since, Sequence until, int limit) =>
        scope.List(SelectChanged, row => (new AddressBookChange(row.Text(0), row.TextOrNull(2), row.Long(3)), new Sequence(row.Long(1))), book, since, until, limit);

    /// <summary>Puts a card into an address book.</summary>
    public static async ValueTask Add(WriteScope scope, AccountId account, CardPlace place, Sequence seq)
    {
        await scope.Execute(Insert, place.Book, place.Card, account, place.Resource, seq);
        await scope.Execute(DeleteGone, place.Book, place.Resource);
    }

    /// <summary>Takes cards out of address books.</summary>
    public static async ValueTask Remove(WriteScope scope, IReadOnlyCollection<CardPlace> places, Sequence seq)
    {
        await scope.ExecuteMany(Delete, [.. places.Select(place => new object?[] { place.Book, place.Card })]);
        await scope.ExecuteMany(InsertGone, [.. places.Select(place => new object?[] { place.Book, place.Resource, seq })]);
    }

    /// <summary>Notes that cards changed, wherever they are.</summary>
    public static async ValueTask Touch(WriteScope scope, IReadOnlyCollection<long> cards, Sequence seq)
    {
        if (cards.Count > 0) await scope.Execute(TouchOfCards, cards.ToArray(), seq);
    }

    static Dictionary<long, List<long>> Grouped(IEnumerable<(long Card, long Book)> places)
    {
        var grouped = new Dictionary<long, List<long>>();
        foreach (var (card, book) in places)
        {
            if (!grouped.TryGetValue(card, out var books)) grouped[card] = books = [];
            books.Add(book);
        }

        return grouped;
    }

    static CardPlace MapCard(Row row) => new(row.Long(1), row.Long(0), row.Text(2));

    static CardPlace Map(Row row) => new(row.Long(0), row.Long(1), row.Text(2));
}
