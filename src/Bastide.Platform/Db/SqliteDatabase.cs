using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Bastide.Platform.Db;

/// <summary>
/// The embedded database. One writer takes everything that queued while the last commit was on its way to the disk and
/// commits it with one fsync; each caller is in a savepoint of its own, so that one failure harms no other. Readers
/// have connections of their own and never wait (WAL). <c>synchronous=FULL</c>: an answered commit survives a power cut.
/// </summary>
public sealed class SqliteDatabase : Database
{
    const int MostInOneCommit = 512;
    const int MostIdleReaders = 16;
    static readonly TimeSpan LongestBatch = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LookForOthersEvery = TimeSpan.FromMilliseconds(250);
    static readonly Sql DataVersion = new("PRAGMA data_version");
    static readonly Sql SelectSequences = new("SELECT id, seq FROM accounts WHERE seq > 0");
    static readonly Sql Savepoint = new("SAVEPOINT work");
    static readonly Sql Release = new("RELEASE work");
    static readonly Sql Undo = new("ROLLBACK TO work");
    static readonly Sql Begin = new("BEGIN IMMEDIATE");
    static readonly Sql BeginRead = new("BEGIN");
    static readonly Sql Commit = new("COMMIT");
    static readonly Sql Rollback = new("ROLLBACK");

    readonly ILogger<SqliteDatabase> _logger;
    readonly ConcurrentBag<PooledConnection> _readers = [];
    readonly Channel<Work> _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(16_384) { SingleReader = true });
    readonly SemaphoreSlim _writer = new(1, 1);
    readonly Task _loop;
    int _idleReaders;

    /// <summary>Opens (and makes) the database file; its directory must exist.</summary>
    public SqliteDatabase(string path, ChangeFeed feed, ILogger<SqliteDatabase> logger) : base(feed)
    {
        _logger = logger;
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString();
        var writer = Open(readOnly: false);
        _loop = Task.Run(() => WriteLoop(writer));
    }

    /// <inheritdoc/>
    public override Engine Engine => Engine.Sqlite;

    /// <inheritdoc/>
    public override string ConnectionString { get; }

    /// <inheritdoc/>
    public override async ValueTask<T> Read<T>(Func<ReadScope, ValueTask<T>> work, CancellationToken cancellation)
    {
        var connection = TakeReader();
        try
        {
            return await work(new ReadScope(connection, cancellation));
        }
        finally
        {
            await ReturnReader(connection);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<T> Snapshot<T>(Func<ReadScope, ValueTask<T>> work, CancellationToken cancellation)
    {
        var connection = TakeReader();
        try
        {
            var scope = new WriteScope(connection, cancellation);
            await scope.Execute(BeginRead);
            try
            {
                return await work(scope);
            }
            finally
            {
                await new WriteScope(connection, CancellationToken.None).Execute(Commit);
            }
        }
        finally
        {
            await ReturnReader(connection);
        }
    }

    /// <inheritdoc/>
    public override async Task<T> Write<T>(Func<WriteScope, ValueTask<T>> work, CancellationToken cancellation)
    {
        var item = new Work<T>(work, cancellation);
        await _queue.Writer.WriteAsync(item, cancellation);
        return await item.Answer;
    }

    /// <inheritdoc/>
    public override async ValueTask<IDisposable> HoldWriter(CancellationToken cancellation)
    {
        await _writer.WaitAsync(cancellation);
        return new Hold(_writer);
    }

    /// <inheritdoc/>
    public override async Task FollowOthers(CancellationToken cancellation)
    {
        var known = (Version: -1L, Accounts: new Dictionary<long, long>());
        using var timer = new PeriodicTimer(LookForOthersEvery);
        do
        {
            try
            {
                known = await LookForOthers(known.Version, known.Accounts, cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                _logger.LogError(exception, "Changes of other processes could not be looked for; trying again");
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <inheritdoc/>
    public override async Task CheckHealth(CancellationToken cancellation)
    {
        if (_loop.IsCompleted) throw new InvalidOperationException("The writer of the embedded database has stopped: restart the server.");
        await Read(scope => scope.Long(new Sql("SELECT 1")), cancellation);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        foreach (var reader in _readers) await reader.DisposeAsync();
        _writer.Dispose();
    }

    /// <summary>
    /// Asked on the writer's own connection, <c>data_version</c> moves only when another connection committed: no
    /// commit of this process costs more than that question.
    /// </summary>
    async Task<(long Version, Dictionary<long, long> Accounts)> LookForOthers(long version, Dictionary<long, long> accounts, CancellationToken cancellation)
    {
        var now = (await Write(scope => scope.Long(DataVersion), cancellation))!.Value;
        if (now == version) return (version, accounts);
        var moved = (await Read(scope => scope.List(SelectSequences, row => (Id: row.Long(0), Seq: row.Long(1))), cancellation)).ToDictionary(a => a.Id, a => a.Seq);
        if (version >= 0)
            foreach (var (id, seq) in moved)
                if (seq != accounts.GetValueOrDefault(id))
                    Feed.Publish(new AccountChanged(new AccountId(id), [], new Sequence(seq)));
        return (now, moved);
    }

    /// <summary>Writes until the database is closed. Should that ever end before, whoever waits is told, and so is everyone who comes.</summary>
    async Task WriteLoop(PooledConnection connection)
    {
        try
        {
            await WriteBatches(connection);
        }
        catch (Exception exception)
        {
            _logger.LogCritical(exception, "The writer of the embedded database has stopped");
            _queue.Writer.TryComplete(exception);
            while (_queue.Reader.TryRead(out var work))
            {
                work.Fail(exception);
                work.Complete(Feed, _logger);
            }
        }

        await connection.DisposeAsync();
    }

    async Task WriteBatches(PooledConnection connection)
    {
        var batch = new List<Work>(MostInOneCommit);
        while (await _queue.Reader.WaitToReadAsync())
        {
            await _writer.WaitAsync();
            try
            {
                await RunBatch(connection, batch);
            }
            catch (Exception exception)
            {
                foreach (var work in batch) work.Fail(exception);
                throw;
            }
            finally
            {
                _writer.Release();
                foreach (var work in batch) work.Complete(Feed, _logger);
                batch.Clear();
            }
        }
    }

    async Task RunBatch(PooledConnection connection, List<Work> batch)
    {
        var raw = new WriteScope(connection, CancellationToken.None);
        try
        {
            await raw.Execute(Begin);
            var started = Stopwatch.GetTimestamp();
            while (batch.Count < MostInOneCommit && Stopwatch.GetElapsedTime(started) < LongestBatch && _queue.Reader.TryRead(out var work))
            {
                batch.Add(work);
                if (work.IsCancelled) continue;
                await raw.Execute(Savepoint);
                if (!await work.Run(connection)) await raw.Execute(Undo);
                await raw.Execute(Release);
            }

            await raw.Execute(Commit);
            BastideMeter.Committed(batch.Count);
        }
        catch (Exception exception)
        {
            // Disk full, I/O error: nobody of this batch was committed, and everybody is told.
            BastideMeter.CommitFailed();
            _logger.LogError(exception, "The embedded database could not commit {Writers} writers", batch.Count);
            if (batch.Count == 0 && _queue.Reader.TryRead(out var first)) batch.Add(first);
            foreach (var work in batch) work.Fail(exception);
            await TryRollback(raw);
        }
    }

    async Task TryRollback(WriteScope raw)
    {
        try
        {
            await raw.Execute(Rollback);
        }
        catch (SqliteException exception)
        {
            // SQLite rolls back by itself after some errors; then there is no transaction left to end.
            _logger.LogDebug(exception, "No transaction was open after a failed commit");
        }
    }

    PooledConnection TakeReader()
    {
        if (!_readers.TryTake(out var reader)) return Open(readOnly: true);
        Interlocked.Decrement(ref _idleReaders);
        return reader;
    }

    async ValueTask ReturnReader(PooledConnection reader)
    {
        if (Interlocked.Increment(ref _idleReaders) <= MostIdleReaders)
        {
            _readers.Add(reader);
            return;
        }

        Interlocked.Decrement(ref _idleReaders);
        await reader.DisposeAsync();
    }

    PooledConnection Open(bool readOnly)
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var pragma = connection.CreateCommand();
        pragma.CommandText = $"""
            PRAGMA busy_timeout = 30000;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = {(readOnly ? -4096 : -16384)};
            PRAGMA mmap_size = 268435456;
            PRAGMA journal_size_limit = 67108864;
            {(readOnly ? "PRAGMA query_only = ON;" : "")}
            """;
        pragma.ExecuteNonQuery();
        return new PooledConnection(connection, Engine.Sqlite);
    }

    sealed class Hold(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }

    abstract class Work(CancellationToken cancellation)
    {
        protected CancellationToken Cancellation { get; } = cancellation;

        public bool IsCancelled => Cancellation.IsCancellationRequested;

        public abstract Task<bool> Run(PooledConnection connection);

        public abstract void Fail(Exception exception);

        public abstract void Complete(ChangeFeed feed, ILogger logger);
    }

    sealed class Work<T>(Func<WriteScope, ValueTask<T>> work, CancellationToken cancellation) : Work(cancellation)
    {
        readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        T? _result;
        Exception? _failure;
        WriteScope? _scope;

        public Task<T> Answer => _answer.Task;

        public override async Task<bool> Run(PooledConnection connection)
        {
            try
            {
                _scope = new WriteScope(connection, Cancellation);
                _result = await work(_scope);
                return true;
            }
            catch (Exception exception)
            {
                _failure = exception;
                return false;
            }
        }

        public override void Fail(Exception exception) => _failure = exception;

        public override void Complete(ChangeFeed feed, ILogger logger)
        {
            if (_failure is OperationCanceledException || (_failure is null && _scope is null))
            {
                _answer.TrySetCanceled(Cancellation.IsCancellationRequested ? Cancellation : new CancellationToken(true));
                return;
            }

            if (_failure is not null)
            {
                _answer.TrySetException(_failure);
                return;
            }

            try
            {
                _scope!.Committed(feed);
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "A listener failed after a commit");
            }

            _answer.TrySetResult(_result!);
        }
    }
}
