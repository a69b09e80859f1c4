using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Bastide.Platform.Db;

/// <summary>
/// One connection lent for reading. Statements are prepared once per connection. Use it inside the function it was
/// given to, one statement at a time; never keep it.
/// </summary>
public class ReadScope
{
    readonly PooledConnection _connection;

    internal ReadScope(PooledConnection connection, CancellationToken cancellation)
    {
        _connection = connection;
        Cancellation = cancellation;
    }

    /// <summary>Which engine answers; for the few statements that cannot be one text.</summary>
    public Engine Engine => _connection.Engine;

    /// <summary>Ends every statement of this scope.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The first row mapped, or default when there is none.</summary>
    public async ValueTask<T?> First<T>(Sql sql, Func<Row, T> map, params object?[] args)
    {
        var command = _connection.Take(sql, args);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            return await reader.ReadAsync(Cancellation) ? map(new Row(reader)) : default;
        }
        finally
        {
            _connection.Return(sql, command);
        }
    }

    /// <summary>Every row mapped. The statement must bound how many there are.</summary>
    public async ValueTask<List<T>> List<T>(Sql sql, Func<Row, T> map, params object?[] args)
    {
        var command = _connection.Take(sql, args);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            var rows = new List<T>();
            while (await reader.ReadAsync(Cancellation)) rows.Add(map(new Row(reader)));
            return rows;
        }
        finally
        {
            _connection.Return(sql, command);
        }
    }

    /// <summary>Rows mapped one by one, for results too large to hold.</summary>
    public async IAsyncEnumerable<T> Each<T>(Sql sql, Func<Row, T> map, object?[] args, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var command = _connection.Take(sql, args);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation.CanBeCanceled ? cancellation : Cancellation);
            while (await reader.ReadAsync(cancellation)) yield return map(new Row(reader));
        }
        finally
        {
            _connection.Return(sql, command);
        }
    }

    /// <summary>The first column of the first row as a number; null when there is no row or it is NULL.</summary>
    public ValueTask<long?> Long(Sql sql, params object?[] args) => First(sql, static row => row.LongOrNull(0), args);

    /// <summary>Whether the statement gives any row.</summary>
    public async ValueTask<bool> Any(Sql sql, params object?[] args) => await First(sql, static _ => true, args);

    private protected ValueTask<int> ExecuteCore(Sql sql, object?[] args) => _connection.Execute(sql, args, Cancellation);

    private protected ValueTask ExecuteManyCore(Sql sql, IReadOnlyList<object?[]> rows) =>
        _connection.ExecuteMany(sql, rows, Cancellation);
}
