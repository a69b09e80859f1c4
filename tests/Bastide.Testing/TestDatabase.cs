using System.Reflection;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bastide.Testing;

/// <summary>A migrated database with nothing in it, a blob store beside it and a clock, all gone when it is disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    readonly TempDirectory _directory = new();
    PostgresCluster? _cluster;

    TestDatabase(Engine engine) => Engine = engine;

    public Engine Engine { get; }

    public Database Database { get; private set; } = null!;

    /// <summary>Where blobs live: a file of its own on SQLite, the same database on PostgreSQL.</summary>
    public Database BlobDatabase { get; private set; } = null!;

    public ChangeFeed Feed { get; private set; } = new();

    public BlobStore Blobs { get; private set; } = null!;

    public FakeTime Time { get; } = new();

    public string Directory => _directory.Path;

    public BastideSettings Settings { get; private set; } = null!;

    /// <summary>Makes one with the tables of the platform and of these modules.</summary>
    public static async Task<TestDatabase> Create(Engine engine, params Assembly[] modules)
    {
        var made = new TestDatabase(engine);
        if (engine == Engine.Postgres) made._cluster = await PostgresCluster.Shared();
        made.Settings = TestSettings.In(made.Directory, made._cluster is null ? "sqlite" : await made._cluster.CreateDatabase());
        made.Open();
        await Migrator.Run(made.Database, modules, NullLogger.Instance, CancellationToken.None);
        if (made.BlobDatabase != made.Database) await Migrator.RunBlobs(made.BlobDatabase, NullLogger.Instance, CancellationToken.None);
        return made;
    }

    /// <summary>Closes the database and opens it again, as a restart would.</summary>
    public async Task Reopen()
    {
        await Close();
        Feed = new ChangeFeed();
        Open();
    }

    public async Task<AccountId> AddAccount(string name = "Somebody", AccountKind kind = AccountKind.User) =>
        await Database.Write(scope => AccountTable.Create(scope, kind, name, null, Time.GetUtcNow()), CancellationToken.None);

    /// <summary>A second connection to the same database, as another process would have. The caller disposes it.</summary>
    public Database OpenAnother(ChangeFeed feed) => _cluster is null
        ? new SqliteDatabase(_directory.Below("bastide.db"), feed, NullLogger<SqliteDatabase>.Instance)
        : new PostgresDatabase(Settings.Database, feed, NullLogger<PostgresDatabase>.Instance);

    public async ValueTask DisposeAsync()
    {
        await Close();
        if (_cluster is not null) await _cluster.DropDatabase(Settings.Database);
        _directory.Dispose();
    }

    void Open()
    {
        Database = OpenAnother(Feed);
        BlobDatabase = _cluster is null
            ? new SqliteDatabase(_directory.Below("blobs.db"), new ChangeFeed(), NullLogger<SqliteDatabase>.Instance)
            : Database;
        Blobs = new BlobStore(BlobDatabase, _directory.Below("blobs"), Time);
    }

    async Task Close()
    {
        await Database.DisposeAsync();
        if (BlobDatabase != Database) await BlobDatabase.DisposeAsync();
    }
}
