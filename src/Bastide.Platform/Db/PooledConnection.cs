using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Bastide.Platform.Db;

/// <summary>
/// A connection with its prepared statements. A command is taken out of the cache while it runs, so that the same
/// statement may be nested. Npgsql caches prepared statements by itself; commands for it are made anew and cost little.
/// </summary>
sealed class PooledConnection(DbConnection connection, Engine engine) : IAsyncDisposable
{
    const int MostPrepared = 256;
    readonly Dictionary<string, SqliteCommand> _prepared = [];
    readonly Dictionary<string, SqliteStatement> _statements = [];

    public Engine Engine { get; } = engine;

    public DbConnection Connection { get; } = connection;

    public DbCommand Take(Sql sql, object?[] args)
    {
        // An array of texts or octets that is the only argument arrives as if it were the arguments.
        if (args is string[] or byte[][]) args = [args];
        var text = sql.For(Engine);
        if (Engine == Engine.Postgres)
        {
            var command = ((NpgsqlConnection)Connection).CreateCommand();
            command.CommandText = text;
            foreach (var arg in args) command.Parameters.Add(new NpgsqlParameter { Value = ForPostgres(arg) });
            return command;
        }

        if (!_prepared.Remove(text, out var cached))
        {
            cached = ((SqliteConnection)Connection).CreateCommand();
            cached.CommandText = text;
            for (var i = 0; i < args.Length; i++)
                cached.Parameters.Add(new SqliteParameter { ParameterName = ParameterName(i) });
            cached.Prepare();
        }

        BindSqlite(cached, args);
        return cached;
    }

    public void Return(Sql sql, DbCommand command)
    {
        if (command is not SqliteCommand sqlite)
        {
            command.Dispose();
            return;
        }

        if (_prepared.Count >= MostPrepared)
        {
            foreach (var old in _prepared.Values) old.Dispose();
            _prepared.Clear();
        }

        if (!_prepared.TryAdd(sql.For(Engine), sqlite)) sqlite.Dispose();
    }

    /// <summary>Runs a statement; answers the number of rows it touched.</summary>
    public async ValueTask<int> Execute(Sql sql, object?[] args, CancellationToken cancellation)
    {
        // An array of texts or octets that is the only argument arrives as if it were the arguments.
        if (args is string[] or byte[][]) args = [args];
        if (Engine == Engine.Sqlite && args.Length > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            return StatementOf(sql, args.Length).Run(Array.ConvertAll(args, ForSqlite));
        }

        var command = Take(sql, args);
        try
        {
            return await command.ExecuteNonQueryAsync(cancellation);
        }
        finally
        {
            Return(sql, command);
        }
    }

    public async ValueTask ExecuteMany(Sql sql, IReadOnlyList<object?[]> rows, CancellationToken cancellation)
    {
        if (Engine == Engine.Postgres)
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)Connection);
            foreach (var row in rows)
            {
                var item = new NpgsqlBatchCommand(sql.For(Engine));
                foreach (var arg in row) item.Parameters.Add(new NpgsqlParameter { Value = ForPostgres(arg) });
                batch.BatchCommands.Add(item);
            }

            await batch.ExecuteNonQueryAsync(cancellation);
            return;
        }

        var statement = StatementOf(sql, rows[0].Length);
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            statement.Run(Array.ConvertAll(row, ForSqlite));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _prepared.Values) await command.DisposeAsync();
        foreach (var statement in _statements.Values) statement.Dispose();
        await Connection.DisposeAsync();
    }

    static readonly string[] ParameterNames = [.. Enumerable.Range(1, 99).Select(i => FormattableString.Invariant($"${i}"))];

    SqliteStatement StatementOf(Sql sql, int arguments)
    {
        var text = sql.For(Engine);
        if (!_statements.TryGetValue(text, out var statement))
        {
            if (_statements.Count >= MostPrepared)
            {
                foreach (var old in _statements.Values) old.Dispose();
                _statements.Clear();
            }

            statement = SqliteStatement.Prepare(((SqliteConnection)Connection).Handle!, text, ParameterNames.Take(arguments));
            _statements[text] = statement;
        }

        if (statement.Arguments != arguments) throw new ArgumentException($"The statement was first used with {statement.Arguments} arguments, now with {arguments}.");
        return statement;
    }

    static string ParameterName(int index) => ParameterNames[index];

    static void BindSqlite(SqliteCommand command, object?[] args)
    {
        if (command.Parameters.Count != args.Length)
            throw new ArgumentException($"The statement was first used with {command.Parameters.Count} arguments, now with {args.Length}.");
        for (var i = 0; i < args.Length; i++) command.Parameters[i].Value = ForSqlite(args[i]);
    }

    static object ForSqlite(object? arg) => Plain(arg) switch
    {
        null => DBNull.Value,
        long[] values => JsonSerializer.Serialize(values),
        string[] values => JsonSerializer.Serialize(values),
        byte[][] values => JsonSerializer.Serialize(values.Select(Convert.ToHexString)),
        bool value => value ? 1L : 0L,
        var value => value,
    };

    static object ForPostgres(object? arg) => Plain(arg) ?? DBNull.Value;

    static object? Plain(object? arg) => arg switch
    {
        null => null,
        long or string or byte[] or bool or double or long[] or string[] or byte[][] => arg,
        IDbValue value => value.DbValue,
        int value => (long)value,
        uint value => (long)value,
        DateTimeOffset value => value.ToUnixTimeMilliseconds(),
        Enum value => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        ReadOnlyMemory<byte> value => value.ToArray(),
        _ => throw new ArgumentException($"A statement cannot bind a {arg.GetType().Name}; bind its plain form."),
    };
}
