using System.Text.Encodings.Web;
using System.Text.Json;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Contacts.Store;

/// <summary>The cards, and what hangs on each of them alone.</summary>
static class CardTable
{
    const string Columns = "id, uid, full_name, size, etag, composed, created_at, updated_at, created_seq, changed_seq";

    static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What changed since, for every protocol.</summary>
    public static ItemTable Items { get; } = new(ContactTypes.ContactCard, "contact_cards");

    static readonly Sql SelectHeads = new("""
        SELECT id, kind, full_name, given, surname, surname2, created_at, updated_at FROM contact_cards WHERE account_id = $1 ORDER BY id LIMIT $2
        """);

    static readonly Sql SelectIds = new("SELECT id FROM contact_cards WHERE account_id = $1 ORDER BY id LIMIT $2");
    static readonly Sql SelectRows = new($"SELECT {Columns}, card FROM contact_cards WHERE id {{any $2}} AND {{sqlite:+}}account_id = $1");
    static readonly Sql SelectBareRows = new($"SELECT {Columns}, NULL FROM contact_cards WHERE id {{any $2}} AND {{sqlite:+}}account_id = $1");
    static readonly Sql SelectByUid = new("SELECT id FROM contact_cards WHERE account_id = $1 AND uid = $2");
    static readonly Sql SelectByUids = new("SELECT uid, id FROM contact_cards WHERE account_id = $1 AND uid {any $2}");
    static readonly Sql SelectVCards = new("SELECT id, vcard FROM contact_cards WHERE id {any $2} AND {sqlite:+}account_id = $1");
    static readonly Sql SelectByMember = new("SELECT card_id FROM card_members WHERE account_id = $1 AND member_uid = $2 ORDER BY card_id LIMIT $3");
    static readonly Sql SelectByMedia = new("SELECT card_id FROM card_media WHERE account_id = $1 AND blob_id = $2 ORDER BY card_id LIMIT 100");

    static readonly Sql SelectWithAnniversaries = new("""
        SELECT id, uid, full_name, card FROM contact_cards WHERE account_id = $1 AND id > $2 AND card LIKE '%"anniversaries"%' ORDER BY id LIMIT $3
        """);

    static readonly Sql Insert = new("""
        INSERT INTO contact_cards (account_id, uid, kind, full_name, given, surname, surname2,
            find_names, find_nicknames, find_organizations, find_emails, find_phones, find_services,
            created_at, updated_at, size, etag, created_seq, changed_seq, card, vcard, composed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18, $19, $20, $21) RETURNING id
        """);

    static readonly Sql UpdateById = new("""
        UPDATE contact_cards SET uid = $2, kind = $3, full_name = $4, given = $5, surname = $6, surname2 = $7,
            find_names = $8, find_nicknames = $9, find_organizations = $10, find_emails = $11, find_phones = $12, find_services = $13,
            created_at = $14, updated_at = $15, size = $16, etag = $17, changed_seq = $18, card = $19, vcard = $20, composed = $21
        WHERE id = $1
        """);

    static readonly Sql TouchMany = new("UPDATE contact_cards SET changed_seq = $2 WHERE id {any $1}");
    static readonly Sql DeleteMany = new("DELETE FROM contact_cards WHERE id {any $1}");
    static readonly Sql InsertMember = new("INSERT INTO card_members (account_id, member_uid, card_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
    static readonly Sql InsertMedia = new("INSERT INTO card_media (account_id, blob_id, card_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
    static readonly Sql DeleteMembers = new("DELETE FROM card_members WHERE card_id = $1");
    static readonly Sql DeleteMedia = new("DELETE FROM card_media WHERE card_id = $1");

    static readonly Sql SelectHoldingInNames = new("""
        SELECT id FROM contact_cards WHERE account_id = $1 AND (find_names LIKE $2 ESCAPE '\' OR find_nicknames LIKE $2 ESCAPE '\' OR find_emails LIKE $2 ESCAPE '\') ORDER BY id LIMIT $3
        """);

    // One statement for each text that can be looked into; the columns given and surname are folded where they are compared.
    static readonly Dictionary<CardField, Sql> Finders = new()
    {
        [CardField.Names] = Finder("find_names"),
        [CardField.Nicknames] = Finder("find_nicknames"),
        [CardField.Organizations] = Finder("find_organizations"),
        [CardField.Emails] = Finder("find_emails"),
        [CardField.Phones] = Finder("find_phones"),
        [CardField.Services] = Finder("find_services"),
    };

    /// <summary>What queries need of every card of the account.</summary>
    public static ValueTask<List<CardHead>> Heads(ReadScope scope, AccountId account, int limit) =>
        scope.List(SelectHeads, row => new CardHead(row.Long(0), row.Text(1), row.Text(2), row.TextOrNull(3), row.TextOrNull(4), row.TextOrNull(5), row.Time(6), row.Time(7)), account, limit);

    /// <summary>The numbers of the cards of the account.</summary>
    public static ValueTask<List<long>> Ids(ReadScope scope, AccountId account, int limit) => scope.List(SelectIds, row => row.Long(0), account, limit);

    /// <summary>Those of the cards that are the account's, with the address books they are in.</summary>
    public static async ValueTask<List<CardRow>> Find(ReadScope scope, AccountId account, IReadOnlyCollection<long> ids, bool withCard)
    {
        if (ids.Count == 0) return [];
        var rows = await scope.List(withCard ? SelectRows : SelectBareRows, Map, account, ids.ToArray());
        var places = await PlaceTable.OfCards(scope, [.. rows.Select(row => row.Id)]);
        return rows.ConvertAll(row => row with { Books = places.TryGetValue(row.Id, out var books) ? books : [] });
    }

    /// <summary>The card of a uid, or null.</summary>
    public static ValueTask<long?> WithUid(ReadScope scope, AccountId account, string uid) => scope.Long(SelectByUid, account, uid);

    /// <summary>The cards of these uids, by uid.</summary>
    public static async ValueTask<Dictionary<string, long>> WithUids(ReadScope scope, AccountId account, IReadOnlyCollection<string> uids) =>
        uids.Count == 0 ? [] : (await scope.List(SelectByUids, row => (Uid: row.Text(0), Id: row.Long(1)), account, uids.ToArray())).ToDictionary(row => row.Uid, row => row.Id);

    /// <summary>The vCards of cards.</summary>
    public static async ValueTask<Dictionary<long, byte[]>> VCards(ReadScope scope, AccountId account, IReadOnlyCollection<long> ids) =>
        (await scope.List(SelectVCards, row => (row.Long(0), row.Bytes(1)), account, ids.ToArray())).ToDictionary(row => row.Item1, row => row.Item2);

    /// <summary>The groups that have this uid among their members.</summary>
    public static ValueTask<List<long>> WithMember(ReadScope scope, AccountId account, string uid, int limit) => scope.List(SelectByMember, row => row.Long(0), account, uid, limit);

    /// <summary>Some cards that hold these octets.</summary>
    public static ValueTask<List<long>> WithMedia(ReadScope scope, AccountId account, BlobId blob) => scope.List(SelectByMedia, row => row.Long(0), account, blob);

    /// <summary>The cards whose text of this kind holds the folded piece.</summary>
    public static ValueTask<List<long>> Holding(ReadScope scope, AccountId account, CardField field, string piece, int limit) =>
        scope.List(Finders[field], row => row.Long(0), account, Pattern(piece), limit);

    /// <summary>The cards of which a name, a nickname or an address holds the folded piece.</summary>
    public static ValueTask<List<long>> HoldingInNames(ReadScope scope, AccountId account, string piece, int limit) =>
        scope.List(SelectHoldingInNames, row => row.Long(0), account, Pattern(piece), limit);

    /// <summary>The pattern of texts that hold a piece.</summary>
    public static string Pattern(string piece) =>
        "%" + piece.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    /// <summary>A page of the cards that say days which come back, perhaps: number, uid, name and JSON.</summary>
    public static ValueTask<List<(long Id, string Uid, string Name, string Card)>> WithAnniversaries(ReadScope scope, AccountId account, long after, int limit) =>
        scope.List(SelectWithAnniversaries, row => (row.Long(0), row.Text(1), row.Text(2), row.Text(3)), account, after, limit);

    /// <summary>Stores a new card; its id is answered.</summary>
    public static async ValueTask<long> Create(WriteScope scope, AccountId account, CardContent card, Sequence seq)
    {
        var id = (await scope.Long(Insert, [account, .. Values(card, seq)]))!.Value;
        await PutParts(scope, account, id, card);
        return id;
    }

    /// <summary>Stores a changed card.</summary>
    public static async ValueTask Update(WriteScope scope, AccountId account, long id, CardContent card, Sequence seq)
    {
        await scope.Execute(UpdateById, [id, .. Values(card, seq)]);
        await scope.Execute(DeleteMembers, id);
        await scope.Execute(DeleteMedia, id);
        await PutParts(scope, account, id, card);
    }

    /// <summary>Notes that cards changed otherwise than in what they say: the address books they are in.</summary>
    public static async ValueTask Touch(WriteScope scope, IReadOnlyCollection<long> ids, Sequence seq)
    {
        if (ids.Count > 0) await scope.Execute(TouchMany, ids.ToArray(), seq);
    }

    /// <summary>Removes cards.</summary>
    public static async ValueTask Delete(WriteScope scope, IReadOnlyCollection<long> ids)
    {
        if (ids.Count > 0) await scope.Execute(DeleteMany, ids.ToArray());
    }

    static object?[] Values(CardContent card, Sequence seq) =>
    [
        card.Uid, card.Kind, card.FullName, card.Given, card.Surname, card.Surname2,
        card.FindNames, card.FindNicknames, card.FindOrganizations, card.FindEmails, card.FindPhones, card.FindServices,
        card.CreatedAt, card.UpdatedAt, (long)card.VCard.Length, card.ETag, seq, card.Card.ToJsonString(Compact), card.VCard, card.IsComposed,
    ];

    static async ValueTask PutParts(WriteScope scope, AccountId account, long id, CardContent card)
    {
        await scope.ExecuteMany(InsertMember, [.. card.Members.Select(member => new object?[] { account, member, id })]);
        await scope.ExecuteMany(InsertMedia, [.. card.Media.Select(blob => new object?[] { account, blob, id })]);
    }

    static Sql Finder(string column) => new($@"SELECT id FROM contact_cards WHERE account_id = $1 AND {column} LIKE $2 ESCAPE '\' ORDER BY id LIMIT $3");

    static CardRow Map(Row row) => new()
    {
        Id = row.Long(0),
        Uid = row.Text(1),
        FullName = row.Text(2),
        Size = row.Long(3),
        ETag = row.Text(4),
        IsComposed = row.Bool(5),
        CreatedAt = row.Time(6),
        UpdatedAt = row.Time(7),
        CreatedSeq = new Sequence(row.Long(8)),
        ChangedSeq = new Sequence(row.Long(9)),
        Json = row.TextOrNull(10),
    };
}
