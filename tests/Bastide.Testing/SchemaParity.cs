using System.Reflection;
using Bastide.Platform.Db;

namespace Bastide.Testing;

/// <summary>
/// Compares the tables that the migrations of some modules make on the two engines: tables, columns, types,
/// nullability, unique and other indexes. What is the engines' own full-text search is left out.
/// </summary>
public static class SchemaParity
{
    static readonly Sql SqliteTables = new("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'");
    static readonly Sql SqliteColumns = new("SELECT name, type, \"notnull\", pk FROM pragma_table_info($1)");
    static readonly Sql SqliteIndexes = new("SELECT name, \"unique\" FROM pragma_index_list($1)");
    static readonly Sql SqliteIndexColumns = new("SELECT name FROM pragma_index_info($1) ORDER BY seqno");

    static readonly Sql PostgresColumns = new("""
        SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod)::text, a.attnotnull
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        """);

    static readonly Sql PostgresIndexes = new("""
        SELECT c.relname::text, i.indisunique,
            (SELECT string_agg(COALESCE(a.attname::text, '?'), ',' ORDER BY k.n) FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, n)
             LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum AND k.attnum > 0)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'public'::regnamespace
        """);

    /// <summary>The differences, a sentence each; none when the two schemas agree.</summary>
    public static async Task<IReadOnlyList<string>> Differences(params Assembly[] modules)
    {
        await using var sqlite = await TestDatabase.Create(Engine.Sqlite, modules);
        await using var postgres = await TestDatabase.Create(Engine.Postgres, modules);
        var here = new SortedSet<string>(StringComparer.Ordinal);
        await sqlite.Database.Read(scope => Describe(scope, here), CancellationToken.None);
        await sqlite.BlobDatabase.Read(scope => Describe(scope, here), CancellationToken.None);
        var there = new SortedSet<string>(StringComparer.Ordinal);
        await postgres.Database.Read(scope => DescribePostgres(scope, there), CancellationToken.None);
        return [.. here.Except(there).Select(d => "Only on SQLite: " + d), .. there.Except(here).Select(d => "Only on PostgreSQL: " + d)];
    }

    static async ValueTask<bool> Describe(ReadScope scope, SortedSet<string> said)
    {
        foreach (var table in await scope.List(SqliteTables, row => row.Text(0)))
        {
            if (IsOfTheEngine(table)) continue;
            var columns = await scope.List(SqliteColumns, row => (Name: row.Text(0), Type: row.Text(1), NotNull: row.Long(2) != 0, Key: row.Long(3)), table);
            foreach (var column in columns)
                said.Add($"column {table}.{column.Name} {Type(column.Type)} {(column.NotNull || column.Key > 0 ? "not null" : "null")}");
            var key = columns.Where(c => c.Key > 0).OrderBy(c => c.Key).Select(c => c.Name).ToList();
            if (key.Count > 0) said.Add($"unique {table} ({string.Join(',', key)})");
            foreach (var (index, unique) in await scope.List(SqliteIndexes, row => (row.Text(0), row.Long(1) != 0), table))
            {
                var of = await scope.List(SqliteIndexColumns, row => row.TextOrNull(0) ?? "?", index);
                said.Add($"{(unique ? "unique" : "index")} {table} ({string.Join(',', of)})");
            }
        }

        return true;
    }

    static async ValueTask<bool> DescribePostgres(ReadScope scope, SortedSet<string> said)
    {
        foreach (var (table, column, type, notNull) in await scope.List(PostgresColumns, row => (row.Text(0), row.Text(1), row.Text(2), row.Bool(3))))
            if (!IsOfTheEngine(table) && type != "tsvector")
                said.Add($"column {table}.{column} {Type(type)} {(notNull ? "not null" : "null")}");
        foreach (var (table, unique, columns) in await scope.List(PostgresIndexes, row => (row.Text(0), row.Bool(1), row.Text(2))))
            if (!IsOfTheEngine(table) && (table, columns) != ("search_documents", "text"))
                said.Add($"{(unique ? "unique" : "index")} {table} ({columns})");
        return true;
    }

    static bool IsOfTheEngine(string table) => table.StartsWith("search_text", StringComparison.Ordinal) || table.Equals("schemaversions", StringComparison.OrdinalIgnoreCase);

    static string Type(string type) => type.ToUpperInvariant() switch
    {
        "INTEGER" or "BIGINT" => "number",
        "TEXT" => "text",
        "BLOB" or "BYTEA" => "octets",
        "REAL" or "DOUBLE PRECISION" => "real",
        "BOOLEAN" => "boolean",
        var other => other,
    };
}
