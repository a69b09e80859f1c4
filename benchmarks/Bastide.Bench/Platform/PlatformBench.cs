using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bastide.Bench.Platform;

/// <summary>
/// The square by itself: commits, reads, blobs and search, on both databases with their commits flushed to the disk.
/// </summary>
static class PlatformBench
{
    public static async Task Run(Report report, CancellationToken cancellation)
    {
        using var directory = new TempDirectory();
        report.Title($"Platform: SQLite with synchronous=FULL and PostgreSQL with fsync on, {Environment.ProcessorCount} cores, below {Path.GetTempPath()}");
        await using var sqlite = new SqliteDatabase(directory.Below("bench.db"), new ChangeFeed(), NullLogger<SqliteDatabase>.Instance);
        using var cluster = await PostgresCluster.Start(durable: true, Path.GetTempPath());
        await using var postgres = new PostgresDatabase(await cluster.CreateDatabase(), new ChangeFeed(), NullLogger<PostgresDatabase>.Instance);
        await Migrator.Run(sqlite, [], NullLogger.Instance, cancellation);
        await Migrator.RunBlobs(sqlite, NullLogger.Instance, cancellation);
        await Migrator.Run(postgres, [], NullLogger.Instance, cancellation);

        await CommitBench.Run(report, sqlite, postgres, directory.Path, cancellation);
        await BlobBench.Run(report, sqlite, postgres, directory.Path, cancellation);
        await SearchBench.Run(report, sqlite, postgres, cancellation);
    }
}
