using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Properties;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Platform.Tests.Properties;

public sealed class ItemPropertiesOnSqlite(PlatformSqlite fixture) : ItemPropertyContract(fixture), IClassFixture<PlatformSqlite>;

public sealed class ItemPropertiesOnPostgres(PlatformPostgres fixture) : ItemPropertyContract(fixture), IClassFixture<PlatformPostgres>;

/// <summary>What clients keep with items.</summary>
public abstract class ItemPropertyContract(DatabaseFixture fixture)
{
    static readonly DataType Thing = new("Thing");

    [Fact]
    public async Task Properties_are_set_changed_and_removed_by_item()
    {
        var account = await fixture.AddAccount();
        (await Set(account, 1, ("a", "1"), ("b", "2"))).ShouldBeTrue();
        (await Set(account, 2, ("a", "3"))).ShouldBeTrue();
        (await Set(account, 1, ("a", "4"), ("b", null), ("never", null))).ShouldBeTrue();
        (await Of(account, 1, 2, 3)).ShouldBe([new ItemProperty(1, "a", "4"), new ItemProperty(2, "a", "3")]);
        (await Of(await fixture.AddAccount(), 1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_item_has_so_many_and_no_more()
    {
        var account = await fixture.AddAccount();
        (await Set(account, 1, [.. Enumerable.Range(0, ItemPropertyTable.Most).Select(i => ($"p{i}", (string?)"x"))])).ShouldBeTrue();
        (await Set(account, 1, ("one more", "x"))).ShouldBeFalse();
        (await Set(account, 1, ("one more", "x"), ("p0", null))).ShouldBeTrue();
        (await Of(account, 1)).Count.ShouldBe(ItemPropertyTable.Most);
    }

    [Fact]
    public async Task A_copy_has_those_of_the_original_and_what_goes_leaves_none()
    {
        var (account, other) = (await fixture.AddAccount(), await fixture.AddAccount());
        await Set(account, 1, ("a", "1"), ("b", "2"));
        await Set(account, 2, ("c", "3"));
        await fixture.Database.Write(scope => ItemPropertyTable.Copy(scope, account, Thing, other, [(1, 10), (2, 20)]), fixture.Cancellation);
        await fixture.Database.Write(scope => ItemPropertyTable.Forget(scope, account, Thing, [1]), fixture.Cancellation);
        (await Of(account, 1, 2)).ShouldBe([new ItemProperty(2, "c", "3")]);
        (await Of(other, 10, 20)).ShouldBe([new ItemProperty(10, "a", "1"), new ItemProperty(10, "b", "2"), new ItemProperty(20, "c", "3")]);
    }

    Task<bool> Set(AccountId account, long item, params (string Name, string? Value)[] properties) =>
        fixture.Database.Write(scope => ItemPropertyTable.Set(scope, account, Thing, item, properties.ToDictionary(p => p.Name, p => p.Value)), fixture.Cancellation);

    async Task<List<ItemProperty>> Of(AccountId account, params long[] items) => await fixture.Database.Read(scope => ItemPropertyTable.Of(scope, account, Thing, items), fixture.Cancellation);
}
