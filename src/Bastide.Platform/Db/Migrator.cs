using System.Reflection;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Bastide.Platform.Db;

/// <summary>
/// Brings the tables up to date at start. Each module carries <c>Migrations/NNNN_name.{sqlite,postgres}.sql</c> as
/// embedded resources; scripts of the platform run first, then module by module in the order of the list, each in its
/// own transaction. A lock keeps two nodes from migrating at once.
/// </summary>
public static class Migrator
{
    static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    const long PostgresLock = 0x62617374696465; // "bastide"

    /// <summary>
    /// Runs what has not run yet. Throws with the script's name when one fails; nothing of it is left behind. The tables
    /// of blobs are left to <see cref="RunBlobs"/> on the embedded engine, where they live in a file of their own.
    /// </summary>
    public static Task Run(Database database, IEnumerable<Assembly> assemblies, ILogger logger, CancellationToken cancellation) =>
        Run(database, assemblies.Prepend(typeof(Migrator).Assembly).Distinct(), name => database.Engine == Engine.Postgres || !IsOfBlobs(name), logger, cancellation);

    /// <summary>The same for the file that holds the blobs of the embedded engine.</summary>
    public static Task RunBlobs(Database database, ILogger logger, CancellationToken cancellation) =>
        Run(database, [typeof(Migrator).Assembly], IsOfBlobs, logger, cancellation);

    static bool IsOfBlobs(string name) => name.StartsWith("Bastide.Platform.Blobs.", StringComparison.Ordinal);

    static async Task Run(Database database, IEnumerable<Assembly> assemblies, Func<string, bool> wanted, ILogger logger, CancellationToken cancellation)
    {
        var suffix = database.Engine == Engine.Sqlite ? ".sqlite.sql" : ".postgres.sql";
        var scripts = new List<SqlScript>();
        foreach (var assembly in assemblies)
            foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(suffix, StringComparison.Ordinal) && wanted(n)).Order(StringComparer.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                scripts.Add(new SqlScript(name[..^suffix.Length], await reader.ReadToEndAsync(cancellation), new SqlScriptOptions { RunGroupOrder = scripts.Count }));
            }

        await using var gate = await Lock(database, cancellation);
        var builder = database.Engine == Engine.Sqlite
            ? DeployChanges.To.SqliteDatabase(database.ConnectionString)
            : DeployChanges.To.PostgresqlDatabase(database.ConnectionString);
        var result = Build(builder, scripts, logger).PerformUpgrade();
        if (!result.Successful)
            throw new InvalidOperationException($"The migration {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
    }

    static UpgradeEngine Build(UpgradeEngineBuilder builder, List<SqlScript> scripts, ILogger logger) => builder
        .WithScripts(scripts)
        .WithTransactionPerScript()
        .WithVariablesDisabled()
        .LogTo(new Log(logger))
        .Build();

    static async Task<IAsyncDisposable> Lock(Database database, CancellationToken cancellation)
    {
        if (database.Engine == Engine.Sqlite) return await LockFile(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource + ".migrating", cancellation);
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { Parameters = { new() { Value = PostgresLock } } };
        await command.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    /// <summary>The server and the command line may start at the same moment on the same file; the system frees the lock of a process that is gone.</summary>
    static async Task<FileStream> LockFile(string path, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; ; waited += LookAgainAfter)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (waited < LongestWait)
            {
                await Task.Delay(LookAgainAfter, cancellation);
            }
        }
    }

    sealed class Log(ILogger logger) : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args) => Write(LogLevel.Trace, format, args);

        public void LogDebug(string format, params object[] args) => Write(LogLevel.Debug, format, args);

        public void LogInformation(string format, params object[] args) => Write(LogLevel.Debug, format, args);

        public void LogWarning(string format, params object[] args) => Write(LogLevel.Warning, format, args);

        public void LogError(string format, params object[] args) => Write(LogLevel.Error, format, args);

        public void LogError(Exception ex, string format, params object[] args) => Write(LogLevel.Error, format + ": " + ex.Message, args);

        void Write(LogLevel level, string format, object[] args)
        {
            if (logger.IsEnabled(level)) logger.Log(level, "{Migration}", args.Length == 0 ? format : string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args));
        }
    }
}
