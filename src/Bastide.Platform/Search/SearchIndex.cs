using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Telemetry;

namespace Bastide.Platform.Search;

/// <summary>
/// One index over the items of every type. It says which items of an account match; who may ask of that account is
/// decided by the module. <see cref="Indexer"/> feeds it from the change sequence.
/// </summary>
public sealed class SearchIndex(Database database)
{
    const int NarrowGap = 64;
    const int MostStretches = 8;
    const int MostWordsHolding = 1000;
    const int MostWordsBetween = 16;

    static readonly Sql UpsertRow = new("""
        INSERT INTO search_documents (account_id, type, item_id) VALUES ($1, $2, $3) ON CONFLICT (account_id, type, item_id) DO NOTHING
        """);

    static readonly Sql SelectRows = new("SELECT id, item_id FROM search_documents WHERE account_id = $1 AND type = $2 AND item_id {any $3}");

    static readonly Sql PutText = new("""
        INSERT OR REPLACE INTO search_text (rowid, owner, title, sender, recipients, body, names) VALUES ($1, $2, $3, $4, $5, $6, $7)
        """);

    static readonly Sql UpsertVector = new("""
        INSERT INTO search_documents (account_id, type, item_id, text) VALUES ($1, $2, $3, CAST($4 AS tsvector))
        ON CONFLICT (account_id, type, item_id) DO UPDATE SET text = excluded.text
        """);

    static readonly Sql SelectStretch = new("SELECT x.rowid FROM search_text x WHERE x.search_text MATCH $1 AND x.rowid BETWEEN $2 AND $3");

    // OFFSET 0 keeps PostgreSQL from asking the index for all that match first.
    static readonly Sql SelectAmong = new("""
        SELECT d.item_id FROM unnest(CAST($4 AS bigint[])) p (id)
        CROSS JOIN LATERAL (SELECT b.item_id, b.text FROM search_documents b WHERE b.account_id = $2 AND b.type = $3 AND b.item_id = p.id OFFSET 0) d
        WHERE d.text @@ CAST($1 AS tsquery)
        """);

    static readonly Sql SelectNotHolding = new("""
        SELECT item_id FROM search_documents WHERE account_id = $1 AND type = $2 AND item_id {any $3} AND CAST(text AS text) NOT LIKE $4
        """);

    static readonly Sql DeleteItems = new("DELETE FROM search_documents WHERE account_id = $1 AND type = $2 AND item_id {any $3}");
    static readonly Sql DeleteType = new("DELETE FROM search_documents WHERE account_id = $1 AND type = $2");
    static readonly Sql DeleteAccount = new("DELETE FROM search_documents WHERE account_id = $1");
    static readonly Sql DeletePositions = new("DELETE FROM search_positions WHERE account_id = $1");

    readonly Vocabulary _vocabulary = new();

    // MATERIALIZED keeps PostgreSQL from walking the documents backwards and looking into each, in the hope of a match.
    readonly Sql _select = new(database.Engine == Engine.Sqlite
        ? Clause(Engine.Sqlite, 1) + " ORDER BY x.rowid DESC LIMIT $2"
        : $"WITH hits AS MATERIALIZED (SELECT d.id, d.item_id FROM search_documents d WHERE d.text @@ CAST($1 AS tsquery)) SELECT item_id FROM hits ORDER BY id DESC LIMIT $2");

    /// <summary>The items that match, those indexed last first.</summary>
    public ValueTask<List<long>> Match(ReadScope scope, AccountId account, DataType type, SearchQuery query, int limit) =>
        scope.List(_select, row => row.Long(0), Compile(account, type, query), limit);

    /// <summary>
    /// The same as a sub-select for a module's own statement: <c>id IN (clause.Sql)</c>, with <c>clause.Arg</c> bound as
    /// <c>$parameter</c>.
    /// </summary>
    public SearchClause MatchClause(AccountId account, DataType type, SearchQuery query, int parameter) =>
        new(Clause(database.Engine, parameter), Compile(account, type, query));

    /// <summary>
    /// Those of the items that match. Where many items of an account do, a list in another order than the index's is read
    /// so, page by page, instead of finding all of them to show the first.
    /// </summary>
    public async ValueTask<IReadOnlySet<long>> Among(ReadScope scope, AccountId account, DataType type, SearchQuery query, IReadOnlyCollection<long> items)
    {
        var expression = Compile(account, type, query);
        if (database.Engine == Engine.Postgres) return (await scope.List(SelectAmong, row => row.Long(0), expression, account, type, items.ToArray())).ToHashSet();
        var byDocument = (await scope.List(SelectRows, row => (Id: row.Long(0), Item: row.Long(1)), account, type, items.ToArray())).ToDictionary(row => row.Id, row => row.Item);
        var found = new HashSet<long>();
        foreach (var (first, last) in Stretches([.. byDocument.Keys.Order()]))
            foreach (var document in await scope.List(SelectStretch, row => row.Long(0), expression, first, last))
                if (byDocument.TryGetValue(document, out var item)) found.Add(item);
        return found;
    }

    /// <summary>Prepares to look for a text anywhere in others, within words too.</summary>
    public async ValueTask<SearchSubstring> Substring(ReadScope scope, string text)
    {
        var words = SearchText.Split(text).ConvertAll(word => word.Word);
        if (words.Count == 0) return new SearchSubstring([], null);
        if (database.Engine == Engine.Postgres) return new SearchSubstring(words, SearchQuery.And());
        // Its first word may be the end of one, its last the beginning; those between stand as they are.
        var queries = new List<SearchQuery>();
        foreach (var word in new[] { words[0], words[^1] }.Distinct())
        {
            var holding = await Vocabulary.Holding(scope, word, MostWordsHolding + 1);
            if (holding.Count <= MostWordsHolding) queries.Add(SearchQuery.Or([.. holding.Select(SearchQuery.Token)]));
        }

        queries.AddRange(words.Skip(1).Take(words.Count - 2).Distinct().Take(MostWordsBetween).Select(SearchQuery.Token));
        return new SearchSubstring(words, queries.Count == 0 ? null : SearchQuery.And([.. queries]));
    }

    /// <summary>
    /// Those of the items that may hold the text: every one that does, and some that do not, by case, accents, or because
    /// they are not indexed yet. Words are compared by their first 64 letters.
    /// </summary>
    public async ValueTask<IReadOnlySet<long>> MayHold(ReadScope scope, AccountId account, DataType type, SearchSubstring text, IReadOnlyCollection<long> items)
    {
        var may = items.ToHashSet();
        if (text.Query is null || items.Count == 0) return may;
        if (database.Engine == Engine.Postgres)
        {
            // A vector is written as 'word':1,2 'word':3 in the order of the words.
            var longest = text.Words.Count == 1 ? $"%{text.Words[0]}%" : text.Words[0].Length >= text.Words[^1].Length ? $"%{text.Words[0]}'%" : $"%'{text.Words[^1]}%";
            may.ExceptWith(await scope.List(SelectNotHolding, row => row.Long(0), account, type, items.ToArray(), longest));
            return may;
        }

        var expression = Compile(account, type, text.Query);
        var byDocument = (await scope.List(SelectRows, row => (Id: row.Long(0), Item: row.Long(1)), account, type, items.ToArray())).ToDictionary(row => row.Id, row => row.Item);
        may.ExceptWith(byDocument.Values);
        foreach (var (first, last) in Stretches([.. byDocument.Keys.Order()]))
            foreach (var document in await scope.List(SelectStretch, row => row.Long(0), expression, first, last))
                if (byDocument.TryGetValue(document, out var item)) may.Add(item);
        return may;
    }

    /// <summary>Forgets everything of an account. An account that is removed needs no call: its documents go with it.</summary>
    public static async ValueTask Remove(WriteScope scope, AccountId account)
    {
        await scope.Execute(DeleteAccount, account);
        await scope.Execute(DeletePositions, account);
    }

    /// <summary>Makes what <see cref="Put"/> writes. Apart from it because folding takes the time of the processor, not of the writer.</summary>
    internal IReadOnlyList<object?[]> Prepare(AccountId account, DataType type, IReadOnlyList<SearchDocument> documents) => database.Engine == Engine.Postgres
        ? [.. documents.Select(d => new object?[] { account, type, d.ItemId, TsExpression.OfDocument(account, type, d) })]
        :
        [
            .. documents.Select(d => new object?[]
            {
                d.ItemId, FtsExpression.Owner(account, type), SearchText.Fold(d.Title), SearchText.Fold(d.Sender), SearchText.Fold(d.Recipients), SearchText.Fold(d.Body), SearchText.Fold(d.Names),
            }),
        ];

    internal async ValueTask Put(WriteScope scope, AccountId account, DataType type, IReadOnlyList<object?[]> prepared)
    {
        if (prepared.Count == 0) return;
        if (scope.Engine == Engine.Postgres)
        {
            await scope.ExecuteMany(UpsertVector, prepared);
        }
        else
        {
            await scope.ExecuteMany(UpsertRow, [.. prepared.Select(row => new object?[] { account, type, row[0] })]);
            var ids = prepared.Select(row => (long)row[0]!).ToArray();
            var rows = (await scope.List(SelectRows, row => (Id: row.Long(0), Item: row.Long(1)), account, type, ids)).ToDictionary(row => row.Item, row => row.Id);
            await scope.ExecuteMany(PutText, [.. prepared.Select(row => new[] { rows[(long)row[0]!], row[1], row[2], row[3], row[4], row[5], row[6] })]);
            await _vocabulary.Add(scope, prepared.SelectMany(row => row.Skip(2).Cast<string>()));
        }

        scope.AfterCommit(() => BastideMeter.DocumentsIndexed(prepared.Count));
    }

    internal static async ValueTask Remove(WriteScope scope, AccountId account, DataType type, IReadOnlyList<long> items)
    {
        if (items.Count > 0) await scope.Execute(DeleteItems, account, type, items.ToArray());
    }

    internal static async ValueTask Remove(WriteScope scope, AccountId account, DataType type) => await scope.Execute(DeleteType, account, type);

    string Compile(AccountId account, DataType type, SearchQuery query) =>
        database.Engine == Engine.Sqlite ? FtsExpression.Of(account, type, query) : TsExpression.OfQuery(account, type, query);

    // CROSS JOIN keeps SQLite from walking the documents and asking the index of each.
    static string Clause(Engine engine, int parameter) => engine == Engine.Sqlite
        ? FormattableString.Invariant($"SELECT d.item_id FROM search_text x CROSS JOIN search_documents d ON d.id = x.rowid WHERE x.search_text MATCH ${parameter}")
        : FormattableString.Invariant($"SELECT d.item_id FROM search_documents d WHERE d.text @@ CAST(${parameter} AS tsquery)");

    // FTS5 reads a stretch of its documents quickly and single ones slowly; what came together lies together.
    static IEnumerable<(long First, long Last)> Stretches(long[] documents)
    {
        if (documents.Length == 0) yield break;
        var breaks = Enumerable.Range(1, documents.Length - 1)
            .Where(i => documents[i] - documents[i - 1] > NarrowGap)
            .OrderByDescending(i => documents[i] - documents[i - 1])
            .Take(MostStretches - 1)
            .Order();
        var first = documents[0];
        foreach (var at in breaks)
        {
            yield return (first, documents[at - 1]);
            first = documents[at];
        }

        yield return (first, documents[^1]);
    }
}
