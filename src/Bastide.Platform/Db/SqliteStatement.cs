using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Bastide.Platform.Db;

/// <summary>
/// A statement of the embedded database that gives no rows, prepared once and run again and again. What
/// <see cref="SqliteCommand"/> does around each run costs more than most of these statements: a row
/// with two indexes takes 5 µs of processor instead of 8.
/// </summary>
sealed class SqliteStatement : IDisposable
{
    readonly sqlite3 _database;
    readonly sqlite3_stmt _statement;
    readonly int[] _places;

    SqliteStatement(sqlite3 database, sqlite3_stmt statement, int[] places)
    {
        _database = database;
        _statement = statement;
        _places = places;
    }

    /// <summary>Prepares a text with so many arguments, which are called by the names given.</summary>
    public static SqliteStatement Prepare(sqlite3 database, string text, IEnumerable<string> names)
    {
        Check(raw.sqlite3_prepare_v3(database, text, raw.SQLITE_PREPARE_PERSISTENT, out var statement, out var rest), database);
        if (!string.IsNullOrWhiteSpace(rest))
        {
            statement.Dispose();
            throw new ArgumentException($"It is more than one statement: {text}");
        }

        return new SqliteStatement(database, statement, [.. names.Select(name => raw.sqlite3_bind_parameter_index(statement, name))]);
    }

    /// <summary>How many arguments it takes.</summary>
    public int Arguments => _places.Length;

    /// <summary>Runs it; answers the number of rows it touched. Throws <see cref="SqliteException"/>.</summary>
    public int Run(object?[] args)
    {
        try
        {
            for (var i = 0; i < _places.Length; i++)
                if (_places[i] > 0)
                    Check(Bind(_places[i], args[i]), _database);
            int code;
            do code = raw.sqlite3_step(_statement);
            while (code == raw.SQLITE_ROW);
            if (code != raw.SQLITE_DONE) Check(code, _database);
            return raw.sqlite3_changes(_database);
        }
        finally
        {
            // It says again how the run ended, which is known.
            _ = raw.sqlite3_reset(_statement);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    int Bind(int place, object? value) => value switch
    {
        null or DBNull => raw.sqlite3_bind_null(_statement, place),
        long number => raw.sqlite3_bind_int64(_statement, place, number),
        string text => raw.sqlite3_bind_text(_statement, place, text),
        double number => raw.sqlite3_bind_double(_statement, place, number),
        // No octets are not the same as nothing.
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(_statement, place, 0),
        byte[] octets => raw.sqlite3_bind_blob(_statement, place, octets),
        _ => throw new ArgumentException($"A statement cannot bind a {value.GetType().Name}."),
    };

    static void Check(int code, sqlite3 database)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, database);
    }
}
