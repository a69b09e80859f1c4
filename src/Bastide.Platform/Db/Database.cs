using Bastide.Platform.Changes;

namespace Bastide.Platform.Db;

/// <summary>
/// The one way to reach data. <see cref="Read{T}"/> lends a connection; <see cref="Write{T}"/> runs a transaction and
/// answers once it is durable. Errors that the function throws undo its work alone and reach the caller as they are.
/// </summary>
public abstract class Database(ChangeFeed feed) : IAsyncDisposable
{
    /// <summary>Which engine this is.</summary>
    public abstract Engine Engine { get; }

    /// <summary>The feed that hears of every commit.</summary>
    protected ChangeFeed Feed { get; } = feed;

    /// <summary>Reads with one connection; each statement sees what was committed when it began.</summary>
    public abstract ValueTask<T> Read<T>(Func<ReadScope, ValueTask<T>> work, CancellationToken cancellation);

    /// <summary>Reads with one connection; every statement sees the same moment.</summary>
    public abstract ValueTask<T> Snapshot<T>(Func<ReadScope, ValueTask<T>> work, CancellationToken cancellation);

    /// <summary>
    /// Runs a transaction. The answer comes after a commit that survives a power cut. The function awaits nothing but
    /// its scope: other writers of the embedded database wait behind it.
    /// </summary>
    public abstract Task<T> Write<T>(Func<WriteScope, ValueTask<T>> work, CancellationToken cancellation);

    /// <summary>The same for work without an answer.</summary>
    public Task Write(Func<WriteScope, ValueTask> work, CancellationToken cancellation) =>
        Write(async scope =>
        {
            await work(scope);
            return true;
        }, cancellation);

    /// <summary>
    /// Keeps the other writers of this process away while a library writes through its own connection (EF Core stores).
    /// On PostgreSQL nobody has to wait.
    /// </summary>
    public abstract ValueTask<IDisposable> HoldWriter(CancellationToken cancellation);

    /// <summary>The connection string, for libraries that bring their own connections (EF Core stores, DbUp).</summary>
    public abstract string ConnectionString { get; }

    /// <summary>
    /// Publishes on the feed what other processes commit to the same database, until cancelled. Errors are waited out.
    /// </summary>
    public abstract Task FollowOthers(CancellationToken cancellation);

    /// <summary>Throws when the database cannot be reached or written; the message says why.</summary>
    public abstract Task CheckHealth(CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
