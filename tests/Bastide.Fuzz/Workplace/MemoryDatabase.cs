using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Microsoft.Data.Sqlite;

namespace Bastide.Fuzz.Workplace;

/// <summary>
/// A database in memory with one connection, which every run finds as the one before it found it: nothing is ever
/// committed. Whoever reads sees at once what was written; nothing waits, so that a run takes the same way every time.
/// </summary>
sealed class MemoryDatabase : Database
{
    static readonly Sql Base = new("SAVEPOINT base");
    static readonly Sql BackToBase = new("ROLLBACK TO base");
    static readonly Sql Savepoint = new("SAVEPOINT work");
    static readonly Sql Release = new("RELEASE work");
    static readonly Sql Undo = new("ROLLBACK TO work");

    readonly PooledConnection _connection;

    MemoryDatabase(SqliteConnection connection, ChangeFeed feed) : base(feed) => _connection = new PooledConnection(connection, Engine.Sqlite);

    public override Engine Engine => Engine.Sqlite;

    public override string ConnectionString => throw new NotSupportedException("There is one connection to it.");

    /// <summary>Copies a database; the copy is empty of nothing that the original held.</summary>
    public static MemoryDatabase CopyOf(Database original, ChangeFeed feed)
    {
        using var from = new SqliteConnection(original.ConnectionString);
        from.Open();
        var copy = new SqliteConnection("Data Source=:memory:");
        copy.Open();
        from.BackupDatabase(copy);
        using var pragma = copy.CreateCommand();
        pragma.CommandText = "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;";
        pragma.ExecuteNonQuery();
        return new MemoryDatabase(copy, feed);
    }

    /// <summary>What is in it now is what <see cref="Restore"/> goes back to.</summary>
    public Task Keep() => Execute(Base);

    /// <summary>Undoes what was done since <see cref="Keep"/>.</summary>
    public Task Restore() => Execute(BackToBase);

    public override ValueTask<T> Read<T>(Func<ReadScope, ValueTask<T>> work, CancellationToken cancellation) => work(new ReadScope(_connection, cancellation));

    public override ValueTask<T> Snapshot<T>(Func<ReadScope, ValueTask<T>> work, CancellationToken cancellation) => Read(work, cancellation);

    public override async Task<T> Write<T>(Func<WriteScope, ValueTask<T>> work, CancellationToken cancellation)
    {
        var scope = new WriteScope(_connection, cancellation);
        await Execute(Savepoint);
        T answer;
        try
        {
            answer = await work(scope);
        }
        catch (Exception)
        {
            await Execute(Undo);
            await Execute(Release);
            throw;
        }

        await Execute(Release);
        scope.Committed(Feed);
        return answer;
    }

    public override ValueTask<IDisposable> HoldWriter(CancellationToken cancellation) => throw new NotSupportedException("No library of ours writes to it.");

    public override Task FollowOthers(CancellationToken cancellation) => Task.CompletedTask;

    public override Task CheckHealth(CancellationToken cancellation) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => _connection.DisposeAsync();

    async Task Execute(Sql sql) => await new WriteScope(_connection, CancellationToken.None).Execute(sql);
}
