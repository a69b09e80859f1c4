using System.Collections.Frozen;
using System.Reflection;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using Xunit;

namespace Bastide.Testing;

/// <summary>
/// A fresh, migrated database for one test class. A contract is an abstract test class over this fixture, run for each
/// engine by a few lines:
/// <code>
/// public sealed class MailboxesOnSqlite(MailSqlite fixture) : MailboxesContract(fixture), IClassFixture&lt;MailSqlite&gt;;
/// public sealed class MailboxesOnPostgres(MailPostgres fixture) : MailboxesContract(fixture), IClassFixture&lt;MailPostgres&gt;;
/// </code>
/// Tests of a class share it, so each makes accounts of its own.
/// </summary>
public abstract class DatabaseFixture(Engine engine, Assembly[] modules) : IAsyncLifetime
{
    TestDatabase? _database;

    public Engine Engine => engine;

    public TestDatabase Test => _database ?? throw new InvalidOperationException("The fixture is not made yet.");

    public Database Database => Test.Database;

    public Database BlobDatabase => Test.BlobDatabase;

    public ChangeFeed Feed => Test.Feed;

    public BlobStore Blobs => Test.Blobs;

    public FakeTime Time => Test.Time;

    public string Directory => Test.Directory;

    public BastideSettings Settings => Test.Settings;

    public CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<AccountId> AddAccount(string name = "Somebody", AccountKind kind = AccountKind.User) => Test.AddAccount(name, kind);

    /// <summary>The person of the account, signed in with a full credential.</summary>
    public static Caller CallerOf(AccountId account, string address = "somebody@" + TestSettings.Domain) =>
        new(account, address, account.Value, Caller.AllScopes);

    public async ValueTask InitializeAsync() => _database = await TestDatabase.Create(engine, modules);

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
