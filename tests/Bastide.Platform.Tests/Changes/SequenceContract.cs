using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Platform.Tests.Changes;

public sealed class SequenceOnSqlite(PlatformSqlite fixture) : SequenceContract(fixture), IClassFixture<PlatformSqlite>;

public sealed class SequenceOnPostgres(PlatformPostgres fixture) : SequenceContract(fixture), IClassFixture<PlatformPostgres>;

/// <summary>The promise of the change sequence: gapless, and a follower misses nothing.</summary>
public abstract class SequenceContract(DatabaseFixture fixture)
{
    static readonly DataType Thing = new("Thing");
    static readonly Sql InsertThing = new("INSERT INTO things (account_id, created_seq, changed_seq) VALUES ($1, $2, $2) RETURNING id");
    static readonly Sql ChangeThing = new("UPDATE things SET changed_seq = $2 WHERE id = $1");
    static readonly Sql DeleteThing = new("DELETE FROM things WHERE id = $1");
    static readonly ItemTable Things = new(Thing, "things");

    [Fact]
    public async Task Two_writers_of_one_account_never_share_or_skip_a_number()
    {
        var account = await fixture.AddAccount();
        var numbers = (await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            var mine = new List<long>();
            for (var i = 0; i < 200; i++) mine.Add((await fixture.Database.Write(scope => scope.Advance(account, Thing), fixture.Cancellation)).Value);
            mine.ShouldBeInOrder();
            return mine;
        })))).SelectMany(n => n).ToList();

        numbers.Order().ShouldBe(Enumerable.Range(1, 400).Select(i => (long)i));
        (await fixture.Database.Read(scope => AccountTable.State(scope, account, Thing), fixture.Cancellation)).ShouldBe(new Sequence(400));
    }

    [Fact]
    public async Task A_transaction_that_fails_leaves_no_gap()
    {
        var account = await fixture.AddAccount();
        await fixture.Database.Write(scope => scope.Advance(account, Thing), fixture.Cancellation);
        await Should.ThrowAsync<InvalidDataException>(fixture.Database.Write<bool>(async scope =>
        {
            await scope.Advance(account, Thing);
            throw new InvalidDataException("the work failed");
        }, fixture.Cancellation));

        (await fixture.Database.Write(scope => scope.Advance(account, Thing), fixture.Cancellation)).ShouldBe(new Sequence(2));
    }

    [Fact]
    public async Task One_transaction_has_one_number_however_often_it_advances()
    {
        var account = await fixture.AddAccount();
        var (first, second) = await fixture.Database.Write(async scope => (await scope.Advance(account, Thing), await scope.Advance(account, Thing, new DataType("Other"))), fixture.Cancellation);
        second.ShouldBe(first);
        (await fixture.Database.Read(scope => AccountTable.States(scope, account), fixture.Cancellation)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_follower_misses_nothing_while_16_writers_work()
    {
        const int writers = 16, writes = 40;
        var account = await fixture.AddAccount();
        await MakeThings();
        using var feed = fixture.Feed.Subscribe(account);
        var seen = new Dictionary<long, long>();
        var gone = new HashSet<long>();

        var follower = Task.Run(async () =>
        {
            var at = new Sequence(0);
            while (seen.Count + gone.Count < writers * writes)
            {
                var changes = await fixture.Database.Read(scope => Things.Since(scope, account, at, 50), fixture.Cancellation);
                changes.ShouldNotBeNull();
                foreach (var id in changes.Created.Concat(changes.Updated)) seen[id] = changes.New.Value;
                foreach (var id in changes.Destroyed)
                {
                    seen.Remove(id);
                    gone.Add(id);
                }

                at = changes.New;
                if (!changes.HasMore && changes.Created.Count + changes.Updated.Count + changes.Destroyed.Count == 0)
                    await feed.Changes.ReadAsync(fixture.Cancellation).AsTask().WaitAsync(Wait.Longest);
            }

            return at;
        }, fixture.Cancellation);

        // Things that came and went between two looks are not told at all; each writer keeps all it makes until the follower has seen it.
        var made = (await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            var mine = new List<long>();
            for (var i = 0; i < writes; i++)
                mine.Add(await fixture.Database.Write(async scope =>
                {
                    var seq = await scope.Advance(account, Thing);
                    if (mine.Count > 0) await scope.Execute(ChangeThing, mine[^1], seq);
                    return (await scope.Long(InsertThing, account, seq))!.Value;
                }, fixture.Cancellation));
            return mine;
        })))).SelectMany(m => m).ToList();

        var end = await Wait.For(follower);
        seen.Keys.Order().ShouldBe(made.Order());

        var last = made[^1];
        await fixture.Database.Write(async scope =>
        {
            var seq = await scope.Advance(account, Thing);
            await scope.Execute(DeleteThing, last);
            await Tombstones.Bury(scope, account, Thing, seq, [(last, new Sequence(1))]);
        }, fixture.Cancellation);
        var after = await fixture.Database.Read(scope => Things.Since(scope, account, end, 10_000), fixture.Cancellation);
        after!.Destroyed.ShouldBe([last]);
        after.New.ShouldBe(new Sequence((writers * writes) + 1));
    }

    [Fact]
    public async Task Changes_are_cut_only_between_two_numbers()
    {
        var account = await fixture.AddAccount();
        await MakeThings();
        for (var i = 0; i < 4; i++)
            await fixture.Database.Write(async scope =>
            {
                var seq = await scope.Advance(account, Thing);
                for (var j = 0; j < 3; j++) await scope.Execute(InsertThing, account, seq);
            }, fixture.Cancellation);

        var page = await fixture.Database.Read(scope => Things.Since(scope, account, new Sequence(0), 7), fixture.Cancellation);
        page!.Created.Count.ShouldBe(6);
        page.New.ShouldBe(new Sequence(2));
        page.HasMore.ShouldBeTrue();
        (await fixture.Database.Read(scope => Things.Since(scope, account, page.New, 7), fixture.Cancellation))!.HasMore.ShouldBeFalse();
        (await fixture.Database.Read(scope => Things.Since(scope, account, new Sequence(0), 2), fixture.Cancellation)).ShouldBeNull();
        (await fixture.Database.Read(scope => Things.Since(scope, account, new Sequence(99), 2), fixture.Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Waiting_readers_hear_of_a_commit_and_only_of_their_accounts()
    {
        var mine = await fixture.AddAccount();
        var other = await fixture.AddAccount();
        using var feed = fixture.Feed.Subscribe(mine);
        await fixture.Database.Write(scope => scope.Advance(other, Thing), fixture.Cancellation);
        await fixture.Database.Write(scope => scope.Advance(mine, Thing), fixture.Cancellation);

        var change = await Wait.For(feed.Changes.ReadAsync(fixture.Cancellation).AsTask());
        change.Account.ShouldBe(mine);
        change.Types.ShouldBe([Thing]);
        change.Seq.ShouldBe(new Sequence(1));
    }

    Task MakeThings() => fixture.Database.Write(async scope =>
    {
        await scope.Execute(new Sql("""
            CREATE TABLE IF NOT EXISTS things ({sqlite: id INTEGER PRIMARY KEY AUTOINCREMENT}{postgres: id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY},
                account_id BIGINT NOT NULL, created_seq BIGINT NOT NULL, changed_seq BIGINT NOT NULL)
            """));
    }, fixture.Cancellation);
}
