using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Platform.Tests.Db;

public sealed class DatabaseOnSqlite(PlatformSqlite fixture) : DatabaseContract(fixture), IClassFixture<PlatformSqlite>;

public sealed class DatabaseOnPostgres(PlatformPostgres fixture) : DatabaseContract(fixture), IClassFixture<PlatformPostgres>;

/// <summary>One statement text, one meaning, on both engines.</summary>
public abstract class DatabaseContract(DatabaseFixture fixture)
{
    static readonly Sql Rename = new("UPDATE accounts SET name = $2 WHERE id = $1");

    [Fact]
    public async Task Values_come_back_as_they_went_in()
    {
        await fixture.Database.Write(async scope =>
        {
            await scope.Execute(new Sql("""
                CREATE TABLE IF NOT EXISTS kinds (n BIGINT, t TEXT, b {sqlite: BLOB}{postgres: BYTEA}, f BOOLEAN, d {sqlite: REAL}{postgres: DOUBLE PRECISION}, at BIGINT)
                """));
        }, fixture.Cancellation);
        var insert = new Sql("INSERT INTO kinds (n, t, b, f, d, at) VALUES ($1, $2, $3, $4, $5, $6)");
        var at = new DateTimeOffset(2026, 3, 29, 1, 30, 0, 123, TimeSpan.Zero);
        await fixture.Database.Write(async scope =>
        {
            await scope.Execute(insert, long.MaxValue, "œuf 🥚 \u0001", new byte[] { 0, 255, 7 }, true, 1.5, at);
            await scope.Execute(insert, null, null, null, null, null, null);
            await scope.ExecuteMany(insert, [[1L, "a", new ReadOnlyMemory<byte>([1]), false, 0.1, at], [2, "b", Array.Empty<byte>(), true, -2.0, at]]);
        }, fixture.Cancellation);

        var rows = await fixture.Database.Read(scope => scope.List(new Sql("SELECT n, t, b, f, d, at FROM kinds ORDER BY CASE WHEN n IS NULL THEN 0 ELSE n END"),
            row => row.IsNull(0) ? null : (object)(row.Long(0), row.Text(1), row.Bytes(2).Length, row.Bool(3), row.Double(4), row.Time(5))), fixture.Cancellation);
        rows.ShouldBe([null, (1L, "a", 1, false, 0.1, at), (2L, "b", 0, true, -2.0, at), (long.MaxValue, "œuf 🥚 \u0001", 3, true, 1.5, at)]);
    }

    [Fact]
    public async Task Arrays_of_numbers_texts_and_octets_are_looked_up_in_one_statement()
    {
        var first = await fixture.AddAccount("A");
        var second = await fixture.AddAccount("B");
        await fixture.AddAccount("C");
        (await fixture.Database.Read(scope => AccountTable.Find(scope, [first, second, new AccountId(999_999)]), fixture.Cancellation)).Select(a => a.Name).Order().ShouldBe(["A", "B"]);
        (await fixture.Database.Read(scope => AccountTable.Find(scope, []), fixture.Cancellation)).ShouldBeEmpty();
        (await fixture.Database.Read(scope => scope.Any(new Sql("SELECT 1 FROM accounts WHERE name {any $1}"), new[] { "x", "B", "'\"" }), fixture.Cancellation)).ShouldBeTrue();

        var blob = BlobId.Of("x"u8);
        await new BlobUploads(fixture.Database, [], fixture.Time).Note(DatabaseFixture.CallerOf(first), first, blob, fixture.Cancellation);
        var found = await fixture.Database.Read(scope => scope.List(new Sql("SELECT blob_id FROM blob_uploads WHERE blob_id {any octets $1}"),
            row => new BlobId(row.Bytes(0)), BlobId.Octets([BlobId.Of("y"u8), blob])), fixture.Cancellation);
        found.ShouldBe([blob]);
    }

    [Fact]
    public async Task The_failure_of_one_writer_harms_no_other()
    {
        var account = await fixture.AddAccount();
        var writes = Enumerable.Range(0, 100).Select(i => fixture.Database.Write(async scope =>
        {
            await scope.Advance(account, new DataType("Thing"));
            await scope.Execute(Rename, account, $"name {i}");
            if (i % 3 == 0) throw new InvalidDataException($"{i}");
            if (i % 5 == 0) await scope.Execute(new Sql("INSERT INTO accounts (id, kind, name, created_at) VALUES ($1, 0, 'taken', 0)"), account);
            return i;
        }, fixture.Cancellation)).ToList();
        await Task.WhenAll(writes.Select(w => w.ContinueWith(_ => { }, TaskScheduler.Default)));

        for (var i = 0; i < 100; i++)
        {
            writes[i].IsCompletedSuccessfully.ShouldBe(i % 3 != 0 && i % 5 != 0);
            if (i % 3 == 0) writes[i].Exception!.InnerException.ShouldBeOfType<InvalidDataException>().Message.ShouldBe($"{i}");
        }

        var after = await fixture.Database.Read(scope => AccountTable.Find(scope, account), fixture.Cancellation);
        after!.Seq.Value.ShouldBe(writes.Count(w => w.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task A_write_cancelled_while_it_waits_is_not_done()
    {
        var account = await fixture.AddAccount("before");
        using var cancelled = new CancellationTokenSource();
        var hold = new TaskCompletionSource();
        var held = new TaskCompletionSource();
        // On a thread of its own: where a write never has to wait for the database, it holds the one it began on.
        var blocker = Task.Run(() => fixture.Database.Write(async scope =>
        {
            await scope.Execute(Rename, account, "held");
            held.SetResult();
            hold.Task.Wait(Wait.Longest, CancellationToken.None);
            return true;
        }, fixture.Cancellation), fixture.Cancellation);
        await Wait.For(held.Task);
        var waiting = fixture.Database.Write(async scope => await scope.Execute(Rename, account, "cancelled"), cancelled.Token);
        await cancelled.CancelAsync();
        hold.SetResult();
        await blocker;
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        (await fixture.Database.Read(scope => AccountTable.Find(scope, account), fixture.Cancellation))!.Name.ShouldBe("held");
    }

    [Fact]
    public async Task A_snapshot_sees_one_moment()
    {
        var account = await fixture.AddAccount("before");
        var (first, second) = await fixture.Database.Snapshot(async scope =>
        {
            var seen = await AccountTable.Find(scope, account);
            await fixture.Database.Write(write => write.Execute(Rename, account, "after"), fixture.Cancellation);
            return (seen!.Name, (await AccountTable.Find(scope, account))!.Name);
        }, fixture.Cancellation);
        first.ShouldBe("before");
        second.ShouldBe("before");
        (await fixture.Database.Read(scope => AccountTable.Find(scope, account), fixture.Cancellation))!.Name.ShouldBe("after");
    }

    [Fact]
    public async Task After_the_commit_the_callers_hooks_run_once_and_in_order()
    {
        var account = await fixture.AddAccount();
        var said = new List<string>();
        await fixture.Database.Write(async scope =>
        {
            scope.AfterCommit(() => said.Add("first"));
            await scope.Execute(Rename, account, "x");
            scope.AfterCommit(() => said.Add("second"));
        }, fixture.Cancellation);
        await Should.ThrowAsync<InvalidDataException>(fixture.Database.Write<bool>(scope =>
        {
            scope.AfterCommit(() => said.Add("never"));
            throw new InvalidDataException();
        }, fixture.Cancellation));
        said.ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task A_reader_never_writes()
    {
        if (fixture.Engine == Engine.Sqlite)
            await Should.ThrowAsync<Exception>(async () => await fixture.Database.Read(scope => scope.Long(new Sql("UPDATE accounts SET name = 'x' RETURNING 1")), fixture.Cancellation));
    }

    [Fact]
    public async Task What_another_process_commits_wakes_the_readers_of_this_one()
    {
        var account = await fixture.AddAccount();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(fixture.Cancellation);
        using var feed = fixture.Feed.Subscribe(account);
        var following = fixture.Database.FollowOthers(stop.Token);
        await using var other = fixture.Test.OpenAnother(new ChangeFeed());
        var written = 0L;

        // Until it follows, nothing is told; so the other writes until it is.
        await Wait.Until(async () =>
        {
            written = (await other.Write(scope => scope.Advance(account, new DataType("Thing")), fixture.Cancellation)).Value;
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(fixture.Cancellation);
            soon.CancelAfter(TimeSpan.FromMilliseconds(600));
            try
            {
                while ((await feed.Changes.ReadAsync(soon.Token)).Seq.Value < written)
                {
                }

                return true;
            }
            catch (OperationCanceledException) when (soon.IsCancellationRequested && !fixture.Cancellation.IsCancellationRequested)
            {
                return false;
            }
        }, "the change of another process is heard", fixture.Cancellation);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(following);
    }

    [Fact]
    public async Task Migrations_run_again_do_nothing_and_two_at_once_do_not_meet()
    {
        var logger = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
        await using var other = fixture.Test.OpenAnother(new ChangeFeed());
        await Task.WhenAll(Task.Run(() => Migrator.Run(fixture.Database, [], logger, fixture.Cancellation)), Task.Run(() => Migrator.Run(other, [], logger, fixture.Cancellation)));
        await fixture.Database.CheckHealth(fixture.Cancellation);
    }
}
