using System.Collections.Concurrent;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Search;
using Bastide.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;

namespace Bastide.Platform.Tests.Search;

public sealed class SearchOnSqlite(PlatformSqlite fixture) : SearchContract(fixture), IClassFixture<PlatformSqlite>;

public sealed class SearchOnPostgres(PlatformPostgres fixture) : SearchContract(fixture), IClassFixture<PlatformPostgres>;

/// <summary>The same documents are found by the same queries on both engines.</summary>
public abstract class SearchContract(DatabaseFixture fixture)
{
    static readonly DataType Note = new("Note");

    static readonly SearchDocument[] Documents =
    [
        new(1, "Réunion du comité", "Chloé Œuvrard <chloe@demo.localhost>", "alice@demo.localhost", "L'ordre du jour : budget et calendrier.", "budget-2026.pdf"),
        new(2, "Budget review", "Alice Martin <alice@demo.localhost>", "bob@demo.localhost", "The numbers look good to me; see the committee's minutes.", ""),
        new(3, "会議のお知らせ", "Tanaka <tanaka@example.jp>", "alice@demo.localhost", "明日の会議は東京で行います。", ""),
        new(4, "Große Straße", "Bob <bob@demo.localhost>", "chloe@demo.localhost", "weiß nicht, naïve café FAÇADE ﬁnance", "photo.jpeg"),
        new(5, "مَرْحَبًا", "Layla <layla@example.org>", "alice@demo.localhost", "أهلا وسهلا بكم في الاجتماع", ""),
        new(6, "ໜ້າ", "Somchai <somchai@example.org>", "", "น้ำตาลทำเอง", ""),
    ];

    [Theory]
    [InlineData("reunion", 1)]
    [InlineData("RÉUNION comite", 1)]
    [InlineData("budget", 1, 2)]
    [InlineData("oeuvrard", 1)]
    [InlineData("strasse", 4)]
    [InlineData("grosse strasse", 4)]
    [InlineData("finance facade cafe", 4)]
    [InlineData("会議", 3)]
    [InlineData("東京", 3)]
    [InlineData("京東")]
    [InlineData("مرحبا", 5)]
    [InlineData("الاجتماع", 5)]
    [InlineData("น้ำ", 6)]
    [InlineData("ทำเอง", 6)]
    [InlineData("alice@demo.localhost", 1, 2, 3, 5)]
    [InlineData("\"look good\"", 2)]
    [InlineData("\"good look\"")]
    [InlineData("good look", 2)]
    [InlineData("comm*", 2)]
    [InlineData("com*", 1, 2)]
    [InlineData("bud* num*", 2)]
    [InlineData("2026", 1)]
    [InlineData("jpeg", 4)]
    [InlineData("minutes comite")]
    [InlineData("nowhere")]
    [InlineData("...")]
    [InlineData("")]
    [InlineData("' OR 1=1 --")]
    [InlineData("owner:¤1note")]
    [InlineData("NEAR( \"a b\" ^ { } : * &|!<->()")]
    public async Task What_a_person_types_finds(string text, params int[] expected) =>
        (await Find(SearchQuery.Words(text))).ShouldBe(expected.Select(e => (long)e));

    [Theory]
    [InlineData("udge", 1, 2)]
    [InlineData("ALENDR", 1)]
    [InlineData("rdre du jou", 1)]
    [InlineData("et calendrier.", 1)]
    [InlineData("re du jour", 1)]
    [InlineData("議は東", 3)]
    [InlineData("trass", 4)]
    [InlineData("nance", 4)]
    [InlineData("اجتم", 5)]
    [InlineData("the numbers look good to me; see the committee's min", 2)]
    [InlineData("น้ำ", 6)]
    [InlineData("ำตาลทำ", 6)]
    [InlineData("nothing of it")]
    public async Task A_text_is_looked_for_within_words(string text, params int[] expected)
    {
        var (account, index) = await Fill();
        long[] items = [.. Documents.Select(d => d.ItemId)];
        var found = await fixture.Database.Read(async scope => await index.MayHold(scope, account, Note, await index.Substring(scope, text), items), fixture.Cancellation);
        // There may be more than those that hold it, never fewer; here are none that a fold or an order alone tells apart.
        found.Order().ShouldBe(expected.Select(e => (long)e));
    }

    [Fact]
    public async Task What_is_not_indexed_may_hold_anything()
    {
        var (account, index) = await Fill();
        (await fixture.Database.Read(async scope => await index.MayHold(scope, account, Note, await index.Substring(scope, "budget"), [1, 2, 3, 99]), fixture.Cancellation)).Order().ShouldBe([1L, 2, 99]);
        (await fixture.Database.Read(async scope => await index.MayHold(scope, account, Note, await index.Substring(scope, "--- ..."), [1, 2]), fixture.Cancellation)).Order().ShouldBe([1L, 2]);
    }

    [Fact]
    public async Task Each_field_is_looked_in_alone()
    {
        (await Find(SearchQuery.Words("budget", SearchField.Title))).ShouldBe([2L]);
        (await Find(SearchQuery.Words("budget", SearchField.Body))).ShouldBe([1L]);
        (await Find(SearchQuery.Words("budget", SearchField.Names))).ShouldBe([1L]);
        (await Find(SearchQuery.Words("budget", SearchField.Sender))).ShouldBeEmpty();
        (await Find(SearchQuery.Words("alice", SearchField.Sender))).ShouldBe([2L]);
        (await Find(SearchQuery.Words("alice", SearchField.Recipients))).ShouldBe([1L, 3, 5]);
        (await Find(SearchQuery.Words("bud*", SearchField.Title))).ShouldBe([2L]);
        (await Find(SearchQuery.Phrase("bob demo", SearchField.Sender))).ShouldBe([4L]);
        (await Find(SearchQuery.Phrase("bob demo", SearchField.Recipients))).ShouldBe([2L]);
        (await Find(SearchQuery.Phrase("localhost bob", SearchField.Recipients))).ShouldBeEmpty();
        (await Find(SearchQuery.Phrase("budget 2026 pdf", SearchField.Names))).ShouldBe([1L]);
    }

    [Fact]
    public async Task Queries_are_combined()
    {
        var budget = SearchQuery.Words("budget");
        var alice = SearchQuery.Words("alice", SearchField.Sender);
        var tokyo = SearchQuery.Words("東京");
        (await Find(SearchQuery.And(budget, SearchQuery.Not(alice)))).ShouldBe([1L]);
        (await Find(SearchQuery.Or(budget, tokyo))).ShouldBe([1L, 2, 3]);
        (await Find(SearchQuery.Not(budget))).ShouldBe([3L, 4, 5, 6]);
        (await Find(SearchQuery.And(SearchQuery.Not(budget), SearchQuery.Not(tokyo)))).ShouldBe([4L, 5, 6]);
        (await Find(SearchQuery.Or(SearchQuery.Not(budget), alice))).ShouldBe([2L, 3, 4, 5, 6]);
        (await Find(SearchQuery.Not(SearchQuery.Not(budget)))).ShouldBe([1L, 2]);
        (await Find(SearchQuery.Not(SearchQuery.Or(budget, tokyo)))).ShouldBe([4L, 5, 6]);
        (await Find(SearchQuery.And())).ShouldBe([1L, 2, 3, 4, 5, 6]);
        (await Find(SearchQuery.Or())).ShouldBeEmpty();
        (await Find(SearchQuery.And(budget, SearchQuery.Nothing))).ShouldBeEmpty();
        (await Find(SearchQuery.Not(SearchQuery.Nothing))).ShouldBe([1L, 2, 3, 4, 5, 6]);
        (await Find(SearchQuery.And(SearchQuery.Or(budget, tokyo), SearchQuery.Not(SearchQuery.And(budget, alice))))).ShouldBe([1L, 3]);
    }

    [Fact]
    public async Task What_a_phrase_spans_stays_within_one_field() =>
        (await Find(SearchQuery.Phrase("comité Chloé"))).ShouldBeEmpty();

    [Fact]
    public async Task Another_account_and_another_type_are_never_found()
    {
        var (account, index) = await Fill();
        var other = await fixture.AddAccount();
        foreach (var (asked, type) in new[] { (other, Note), (account, new DataType("Other")) })
            (await fixture.Database.Read(scope => index.Match(scope, asked, type, SearchQuery.Not(SearchQuery.Words("nowhere")), 10), fixture.Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_clause_stands_in_another_statement()
    {
        var (account, index) = await Fill();
        var clause = index.MatchClause(account, Note, SearchQuery.Words("budget"), 2);
        var sql = new Sql($"SELECT item_id FROM search_documents WHERE account_id = $1 AND item_id IN ({clause.Sql}) ORDER BY item_id LIMIT $3");
        (await fixture.Database.Read(scope => scope.List(sql, row => row.Long(0), account, clause.Arg, 10), fixture.Cancellation)).ShouldBe([1L, 2]);
    }

    [Fact]
    public async Task Those_of_some_items_that_match_are_found_however_far_apart_they_were_indexed()
    {
        var index = new SearchIndex(fixture.Database);
        var (account, other) = (await fixture.AddAccount(), await fixture.AddAccount());
        Task Put(AccountId owner, int first, int count) => fixture.Database.Write(async scope =>
        {
            await index.Put(scope, owner, Note, index.Prepare(owner, Note, [.. Enumerable.Range(first, count).Select(i => new SearchDocument(i, "note", "", "", i % 3 == 0 ? "third" : "plain", ""))]));
            return 0;
        }, fixture.Cancellation);
        for (var i = 0; i < 12; i++)
        {
            await Put(account, i * 10, 4);
            await Put(other, i * 200, 70 + i);
        }

        long[] asked = [0, 1, 3, 12, 30, 31, 62, 63, 93, 110, 111, 112, 6, 5000];
        var found = await fixture.Database.Read(scope => index.Among(scope, account, Note, SearchQuery.Words("third"), asked), fixture.Cancellation);
        found.Order().ShouldBe([0L, 3, 12, 30, 63, 93, 111]);
        (await fixture.Database.Read(scope => index.Among(scope, account, Note, SearchQuery.Words("third"), []), fixture.Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_newest_come_first_up_to_the_limit()
    {
        var (account, index) = await Fill();
        (await fixture.Database.Read(scope => index.Match(scope, account, Note, SearchQuery.Words("alice"), 2), fixture.Cancellation)).ShouldBe([5L, 3]);
    }

    [Fact]
    public async Task An_account_that_is_removed_takes_its_documents_along()
    {
        var (account, index) = await Fill();
        await fixture.Database.Write(scope => AccountTable.Delete(scope, account), fixture.Cancellation);
        (await fixture.Database.Read(scope => index.Match(scope, account, Note, SearchQuery.And(), 10), fixture.Cancellation)).ShouldBeEmpty();
        if (fixture.Engine == Engine.Sqlite)
        {
            var words = new Sql("SELECT COUNT(*) FROM search_text WHERE search_text MATCH $1");
            (await fixture.Database.Read(scope => scope.Long(words, $"owner : \"{FtsExpression.Owner(account, Note)}\""), fixture.Cancellation)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task The_indexer_follows_what_is_made_changed_and_destroyed()
    {
        var source = new Notes(fixture.Database);
        var index = new SearchIndex(fixture.Database);
        var early = await fixture.AddAccount();
        await source.Put(early, 1, "written before the indexer started");
        using var indexer = new Indexer(fixture.Database, fixture.Feed, index, [source], TimeProvider.System, NullLogger<Indexer>.Instance);
        await indexer.StartAsync(fixture.Cancellation);
        var late = await fixture.AddAccount();
        await source.Put(late, 1, "first words");
        await source.Put(late, 2, "second words");
        await Found(early, "started", 1);
        await Found(late, "words", 1, 2);

        await source.Put(late, 1, "other things");
        await Found(late, "words", 2);
        await source.Destroy(late, 2);
        await Found(late, "words");
        await Found(late, "things", 1);
        await indexer.StopAsync(fixture.Cancellation);

        Task Found(AccountId account, string text, params long[] expected) => Wait.Until(async () =>
            (await fixture.Database.Read(scope => index.Match(scope, account, Note, SearchQuery.Words(text), 10), fixture.Cancellation)).Order().SequenceEqual(expected),
            $"'{text}' finds {expected.Length} documents", fixture.Cancellation);
    }

    [Fact]
    public async Task Catching_up_finds_what_was_just_written()
    {
        var source = new Notes(fixture.Database);
        var index = new SearchIndex(fixture.Database);
        using var indexer = new Indexer(fixture.Database, fixture.Feed, index, [source], TimeProvider.System, NullLogger<Indexer>.Instance);
        var account = await fixture.AddAccount();
        for (var i = 1; i <= 3; i++)
        {
            await source.Put(account, i, "just written");
            await indexer.CatchUp(account, Note, fixture.Cancellation);
            (await fixture.Database.Read(scope => index.Match(scope, account, Note, SearchQuery.Words("written"), 10), fixture.Cancellation)).Count.ShouldBe(i);
        }
    }

    [Fact]
    public async Task Items_from_an_older_backup_are_indexed_afresh()
    {
        var source = new Notes(fixture.Database);
        var index = new SearchIndex(fixture.Database);
        using var indexer = new Indexer(fixture.Database, fixture.Feed, index, [source], TimeProvider.System, NullLogger<Indexer>.Instance);
        var account = await fixture.AddAccount();
        await source.Put(account, 1, "kept words");
        await fixture.Database.Write(async scope =>
        {
            var row = index.Prepare(account, Note, [new SearchDocument(77, "lost words")]);
            await index.Put(scope, account, Note, row);
            await PositionTable.Hold(scope, account, Note);
            await PositionTable.Move(scope, account, Note, new Sequence(1000));
        }, fixture.Cancellation);

        await indexer.CatchUp(account, Note, fixture.Cancellation);
        (await fixture.Database.Read(scope => index.Match(scope, account, Note, SearchQuery.Words("words"), 10), fixture.Cancellation)).ShouldBe([1L]);
    }

    [Fact]
    public async Task Very_long_texts_are_indexed_up_to_the_bound()
    {
        var (account, index) = await Fill();
        var random = new Random(7);
        var text = string.Join(' ', Enumerable.Range(0, 100_000).Select(_ => new string([.. Enumerable.Range(0, 6).Select(_ => (char)random.Next('а', 'я'))])));
        var documents = index.Prepare(account, Note, [new SearchDocument(9, "long", Body: "beginning " + text + " unreachable"), new SearchDocument(10, "cjk", Body: string.Concat(Enumerable.Repeat("漢字仮名", 70_000)))]);
        await fixture.Database.Write(scope => index.Put(scope, account, Note, documents), fixture.Cancellation);
        (await fixture.Database.Read(scope => index.Match(scope, account, Note, SearchQuery.Words("beginning"), 10), fixture.Cancellation)).ShouldBe([9L]);
        (await fixture.Database.Read(scope => index.Match(scope, account, Note, SearchQuery.Words("unreachable"), 10), fixture.Cancellation)).ShouldBeEmpty();
        (await fixture.Database.Read(scope => index.Match(scope, account, Note, SearchQuery.Words("仮名漢字"), 10), fixture.Cancellation)).ShouldBe([10L]);
    }

    async Task<List<long>> Find(SearchQuery query)
    {
        var (account, index) = await Fill();
        return [.. (await fixture.Database.Read(scope => index.Match(scope, account, Note, query, 100), fixture.Cancellation)).Order()];
    }

    async Task<(AccountId Account, SearchIndex Index)> Fill()
    {
        var index = new SearchIndex(fixture.Database);
        var account = await fixture.AddAccount();
        var prepared = index.Prepare(account, Note, Documents);
        await fixture.Database.Write(scope => index.Put(scope, account, Note, prepared), fixture.Cancellation);
        // A second time is the same as once.
        await fixture.Database.Write(scope => index.Put(scope, account, Note, prepared), fixture.Cancellation);
        return (account, index);
    }

    /// <summary>A module's items, kept in memory; their changes move the account's sequence as any module's do.</summary>
    sealed class Notes(Database database) : IIndexSource
    {
        readonly ConcurrentDictionary<(AccountId, long), (string Text, long Created, long Changed, bool Gone)> _notes = new();

        public DataType Type => Note;

        public Task Put(AccountId account, long id, string text) => database.Write(async scope =>
        {
            var seq = (await scope.Advance(account, Note)).Value;
            scope.AfterCommit(() => { });
            _notes.AddOrUpdate((account, id), _ => (text, seq, seq, false), (_, old) => (text, old.Created, seq, false));
        }, CancellationToken.None);

        public Task Destroy(AccountId account, long id) => database.Write(async scope =>
        {
            var seq = (await scope.Advance(account, Note)).Value;
            _notes[(account, id)] = _notes[(account, id)] with { Changed = seq, Gone = true };
        }, CancellationToken.None);

        public async ValueTask<ItemChanges?> Changed(AccountId account, Sequence since, int limit, CancellationToken cancellation)
        {
            var state = await database.Read(scope => AccountTable.State(scope, account, Note), cancellation);
            var changed = _notes.Where(n => n.Key.Item1 == account && n.Value.Changed > since.Value && n.Value.Changed <= state.Value).ToList();
            return new ItemChanges(since, state, false,
                [.. changed.Where(n => n.Value.Created > since.Value && !n.Value.Gone).Select(n => n.Key.Item2)],
                [.. changed.Where(n => n.Value.Created <= since.Value && !n.Value.Gone).Select(n => n.Key.Item2)],
                [.. changed.Where(n => n.Value.Gone).Select(n => n.Key.Item2)]);
        }

        public ValueTask<IReadOnlyList<SearchDocument>> Load(AccountId account, IReadOnlyList<long> ids, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<SearchDocument>>([.. ids.Where(id => !_notes[(account, id)].Gone).Select(id => new SearchDocument(id, _notes[(account, id)].Text))]);
    }
}
