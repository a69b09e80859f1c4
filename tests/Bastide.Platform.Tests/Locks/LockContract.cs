using Bastide.Platform.Accounts;
using Bastide.Platform.Locks;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Platform.Tests.Locks;

public sealed class LocksOnSqlite(PlatformSqlite fixture) : LockContract(fixture), IClassFixture<PlatformSqlite>;

public sealed class LocksOnPostgres(PlatformPostgres fixture) : LockContract(fixture), IClassFixture<PlatformPostgres>;

/// <summary>Locks on addresses: who stands against whom, and when they end.</summary>
public abstract class LockContract(DatabaseFixture fixture)
{
    DateTimeOffset Now => fixture.Time.GetUtcNow();

    [Theory]
    [InlineData("files/a", true, false, "files/a", true, false)]
    [InlineData("files/a", true, false, "files/a", false, false)]
    [InlineData("files/a", false, false, "files/a", true, false)]
    [InlineData("files", true, true, "files/a/b", false, false)]
    [InlineData("files/a/b", false, false, "files", true, true)]
    public async Task A_lock_stands_against_another(string path, bool exclusive, bool deep, string otherPath, bool otherExclusive, bool otherDeep)
    {
        var account = await fixture.AddAccount();
        (await Take(account, path, exclusive, deep)).ShouldBeEmpty();
        (await Take(account, otherPath, otherExclusive, otherDeep)).ShouldHaveSingleItem().Path.ShouldBe(path);
    }

    [Theory]
    [InlineData("files/a", false, true, "files/a", false, true)]
    [InlineData("files", true, false, "files/a", true, false)]
    [InlineData("files/a", true, true, "files/ab", true, true)]
    [InlineData("files/a", true, true, "files/a b", true, true)]
    [InlineData("files/a/b", true, true, "files", true, false)]
    public async Task Locks_stand_beside_one_another(string path, bool exclusive, bool deep, string otherPath, bool otherExclusive, bool otherDeep)
    {
        var account = await fixture.AddAccount();
        (await Take(account, path, exclusive, deep)).ShouldBeEmpty();
        (await Take(account, otherPath, otherExclusive, otherDeep)).ShouldBeEmpty();
        (await Take(await fixture.AddAccount(), path, exclusive, deep)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lock_that_has_expired_is_not_there()
    {
        var account = await fixture.AddAccount();
        await Take(account, "files/a", true, false, "t-expires-" + account);
        fixture.Time.Advance(TimeSpan.FromSeconds(61));
        (await fixture.Database.Read(scope => LockTable.Find(scope, "t-expires-" + account, Now), fixture.Cancellation)).ShouldBeNull();
        (await fixture.Database.Read(scope => LockTable.CountOf(scope, account, Now), fixture.Cancellation)).ShouldBe(0);
        (await fixture.Database.Write(scope => LockTable.Refresh(scope, "t-expires-" + account, TimeSpan.FromSeconds(60), Now), fixture.Cancellation)).ShouldBeFalse();
        (await Take(account, "files/a", true, false)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lock_lasts_longer_when_it_is_refreshed()
    {
        var account = await fixture.AddAccount();
        await Take(account, "files/a", true, false, "t-refresh-" + account);
        fixture.Time.Advance(TimeSpan.FromSeconds(50));
        (await fixture.Database.Write(scope => LockTable.Refresh(scope, "t-refresh-" + account, TimeSpan.FromSeconds(100), Now), fixture.Cancellation)).ShouldBeTrue();
        fixture.Time.Advance(TimeSpan.FromSeconds(99));
        var found = (await fixture.Database.Read(scope => LockTable.Find(scope, "t-refresh-" + account, Now), fixture.Cancellation)).ShouldNotBeNull();
        found.Lasts.ShouldBe(TimeSpan.FromSeconds(100));
        found.Note.ShouldBe("note");
    }

    [Fact]
    public async Task What_goes_away_takes_the_locks_on_it_and_below_it_along()
    {
        var account = await fixture.AddAccount();
        foreach (var path in new[] { "files/a", "files/a/b/c", "files/ab", "files" }) await Take(account, path, true, false);
        await fixture.Database.Write(scope => LockTable.Forget(scope, account, "files/a"), fixture.Cancellation);
        (await fixture.Database.Read(scope => LockTable.Below(scope, account, "files", Now), fixture.Cancellation)).Select(l => l.Path).ShouldBe(["files/ab"]);
        (await fixture.Database.Read(scope => LockTable.At(scope, account, LockTable.SelfAndAbove("files/a/b/c"), Now), fixture.Cancellation)).Select(l => l.Path).ShouldBe(["files"]);
    }

    [Fact]
    public async Task Of_many_who_take_the_same_one_has_it()
    {
        var account = await fixture.AddAccount();
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Take(account, i % 2 == 0 ? "files/a" : "files", true, true))));
        taken.Count(against => against.Count == 0).ShouldBe(1);
    }

    Task<IReadOnlyList<PathLock>> Take(AccountId account, string path, bool exclusive, bool deep, string? token = null) => fixture.Database.Write(
        scope => LockTable.Take(scope, new PathLock(token ?? Guid.NewGuid().ToString(), account, path, account, exclusive, deep, "note", TimeSpan.FromSeconds(60), Now.AddSeconds(60)), Now), fixture.Cancellation);
}
