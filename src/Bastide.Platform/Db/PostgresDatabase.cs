using System.Data;
using Bastide.Platform.Changes;
using Bastide.Platform.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Bastide.Platform.Db;

/// <summary>
/// PostgreSQL, or a database that speaks its protocol. Ordinary READ COMMITTED transactions: the account's row lock
/// orders the change sequence. A transaction that lost a deadlock or a serialisation race is run again.
/// </summary>
public sealed class PostgresDatabase : Database
{
    const int Attempts = 8;
    readonly NpgsqlDataSource _source;
    readonly PostgresBus _bus;
    readonly ILogger<PostgresDatabase> _logger;

    /// <summary>Takes a connection string; connects when first used.</summary>
    public PostgresDatabase(string connectionString, ChangeFeed feed, ILogger<PostgresDatabase> logger) : base(feed)
    {
        _logger = logger;
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!builder.ContainsKey("Max Auto Prepare") || builder.MaxAutoPrepare == 0) builder.MaxAutoPrepare = 200;
        builder.AutoPrepareMinUsages = 2;
        ConnectionString = builder.ConnectionString;
        _source = NpgsqlDataSource.Create(ConnectionString);
        _bus = new PostgresBus(ConnectionString, logger);
    }

    /// <inheritdoc/>
    public override Engine Engine => Engine.Postgres;

    /// <inheritdoc/>
    public override string ConnectionString { get; }

    /// <inheritdoc/>
    public override async ValueTask<T> Read<T>(Func<ReadScope, ValueTask<T>> work, CancellationToken cancellation)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        return await work(new ReadScope(new PooledConnection(connection, Engine.Postgres), cancellation));
    }

    /// <inheritdoc/>
    public override async ValueTask<T> Snapshot<T>(Func<ReadScope, ValueTask<T>> work, CancellationToken cancellation)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var answer = await work(new ReadScope(new PooledConnection(connection, Engine.Postgres), cancellation));
        await transaction.CommitAsync(cancellation);
        return answer;
    }

    /// <inheritdoc/>
    public override async Task<T> Write<T>(Func<WriteScope, ValueTask<T>> work, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (answer, scope) = await Transact(work, cancellation);
                try
                {
                    BastideMeter.Committed(1);
                    scope.Committed(Feed);
                    foreach (var change in scope.Changes) _bus.Announce(change);
                }
                catch (Exception exception)
                {
                    _logger.LogError(exception, "A listener failed after a commit");
                }

                return answer;
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure && attempt < Attempts)
            {
                _logger.LogDebug("A transaction lost a race ({SqlState}) and runs again", exception.SqlState);
            }
        }
    }

    async Task<(T Answer, WriteScope Scope)> Transact<T>(Func<WriteScope, ValueTask<T>> work, CancellationToken cancellation)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var scope = new WriteScope(new PooledConnection(connection, Engine.Postgres), cancellation);
        var answer = await work(scope);
        // The server may have done the last statement before it heard of the cancellation.
        cancellation.ThrowIfCancellationRequested();
        // Once the commit is on its way its outcome must be known; it is not cancelled half-way.
        await transaction.CommitAsync(CancellationToken.None);
        return (answer, scope);
    }

    /// <inheritdoc/>
    public override ValueTask<IDisposable> HoldWriter(CancellationToken cancellation) => ValueTask.FromResult<IDisposable>(new Nobody());

    /// <inheritdoc/>
    public override async Task CheckHealth(CancellationToken cancellation) =>
        await Read(scope => scope.Long(new Sql("SELECT 1::bigint")), cancellation);

    /// <inheritdoc/>
    public override Task FollowOthers(CancellationToken cancellation) => _bus.Listen(Feed, cancellation);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        await _source.DisposeAsync();
    }

    sealed class Nobody : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
