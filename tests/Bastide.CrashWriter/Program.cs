using System.Text;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bastide.CrashWriter;

/// <summary>
/// Writes as fast as it can until it is killed, and prints a line for each write that was acknowledged: "row N" when the
/// row N is committed, "blob ID LENGTH" when the blob is kept. Arguments: the database (a file, or a PostgreSQL
/// connection string), the database of the blobs, the directory of the blobs, the account, the number to begin with.
/// </summary>
static class Program
{
    static readonly DataType Thing = new("Thing");
    static readonly Sql Insert = new("INSERT INTO acknowledged (n, seq) VALUES ($1, $2)");
    static long _next;

    static async Task Main(string[] args)
    {
        await using var database = Open(args[0]);
        await using var blobs = Open(args[1]);
        var store = new BlobStore(blobs, args[2], TimeProvider.System);
        var account = AccountId.Parse(args[3], null);
        _next = long.Parse(args[4], System.Globalization.CultureInfo.InvariantCulture);
        await using var output = Console.OpenStandardOutput();
        var rows = Enumerable.Range(0, 12).Select(_ => Task.Run(() => WriteRows(database, account, output)));
        var files = Enumerable.Range(0, 4).Select(i => Task.Run(() => WriteBlobs(store, i, output)));
        await Task.WhenAll(rows.Concat(files));
    }

    static async Task WriteRows(Database database, AccountId account, Stream output)
    {
        while (true)
        {
            var n = Interlocked.Increment(ref _next);
            await database.Write(async scope =>
            {
                var seq = await scope.Advance(account, Thing);
                await scope.Execute(Insert, n, seq);
            }, CancellationToken.None);
            Say(output, $"row {n}");
        }
    }

    static async Task WriteBlobs(BlobStore store, int writer, Stream output)
    {
        var random = new Random((int)_next + writer);
        while (true)
        {
            var content = new byte[random.Next(2) == 0 ? random.Next(1, 4000) : random.Next(70_000, 300_000)];
            random.NextBytes(content);
            var blob = await store.Put(content, CancellationToken.None);
            Say(output, $"blob {blob.Id} {blob.Size}");
        }
    }

    static void Say(Stream output, string line)
    {
        // One write a line: the reader never sees half an acknowledgement as a whole one.
        lock (output) output.Write(Encoding.ASCII.GetBytes(line + "\n"));
    }

    static Database Open(string database) => database.Contains('=', StringComparison.Ordinal)
        ? new PostgresDatabase(database, new ChangeFeed(), NullLogger<PostgresDatabase>.Instance)
        : new SqliteDatabase(database, new ChangeFeed(), NullLogger<SqliteDatabase>.Instance);
}
