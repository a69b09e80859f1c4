using System.Diagnostics;
using System.Globalization;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Platform.Tests.Db;

public sealed class CrashOnSqlite() : CrashContract(Engine.Sqlite);

public sealed class CrashOnPostgres() : CrashContract(Engine.Postgres);

/// <summary>A process that is killed at any point leaves a database that opens, with every acknowledged write in it.</summary>
public abstract class CrashContract(Engine engine)
{
    static readonly Sql SelectAll = new("SELECT n, seq FROM acknowledged ORDER BY n");

    [Fact]
    public async Task Killed_at_any_point_every_acknowledged_write_is_there()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var test = await TestDatabase.Create(engine);
        await test.Database.Write(async scope => { await scope.Execute(new Sql("CREATE TABLE acknowledged (n BIGINT PRIMARY KEY, seq BIGINT NOT NULL)")); }, cancellation);
        var account = await test.AddAccount();
        var rows = new HashSet<long>();
        var blobs = new Dictionary<string, long>();
        var random = new Random(42);
        for (var round = 0; round < 3; round++)
        {
            await WriteAndKill(test, account, afterLines: random.Next(50, 800), rows, blobs, cancellation);
            await test.Reopen();

            var kept = await test.Database.Read(scope => scope.List(SelectAll, row => (N: row.Long(0), Seq: row.Long(1))), cancellation);
            rows.Except(kept.Select(row => row.N)).ShouldBeEmpty("acknowledged rows are missing");
            kept.Select(row => row.Seq).Order().ShouldBe(Enumerable.Range(1, kept.Count).Select(i => (long)i), "the sequence has a gap or shares a number");
            (await test.Database.Read(scope => AccountTable.State(scope, account, new DataType("Thing")), cancellation)).Value.ShouldBe(kept.Count);
            foreach (var (id, length) in blobs) await ShouldBeWhole(test.Blobs, BlobId.Parse(id, null), length, cancellation);
            if (engine == Engine.Sqlite)
                (await test.Database.Read(scope => scope.First(new Sql("PRAGMA integrity_check"), row => row.Text(0)), cancellation)).ShouldBe("ok");
        }

        rows.Count.ShouldBeGreaterThan(0);
        blobs.Count.ShouldBeGreaterThan(0);
    }

    static async Task WriteAndKill(TestDatabase test, AccountId account, int afterLines, HashSet<long> rows, Dictionary<string, long> blobs, CancellationToken cancellation)
    {
        // The writer must be the only one, as a server is; what was open here is closed meanwhile.
        var isSqlite = test.Engine == Engine.Sqlite;
        var writer = Path.Combine(AppContext.BaseDirectory, "Bastide.CrashWriter.dll");
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            ArgumentList =
            {
                writer,
                isSqlite ? Path.Combine(test.Directory, "bastide.db") : test.Settings.Database,
                isSqlite ? Path.Combine(test.Directory, "blobs.db") : test.Settings.Database,
                Path.Combine(test.Directory, "blobs"),
                account.ToString(),
                (rows.Count == 0 ? 0 : rows.Max() + 1_000_000).ToString(CultureInfo.InvariantCulture),
            },
            RedirectStandardOutput = true,
        })!;
        try
        {
            for (var lines = 0; lines < afterLines; lines++) Note(await process.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(Wait.Longest, cancellation));
        }
        finally
        {
            process.Kill();
        }

        // What it had said before it died counts too; the last line may be cut.
        var rest = (await process.StandardOutput.ReadToEndAsync(cancellation)).Split('\n');
        foreach (var line in rest[..^1]) Note(line);
        await process.WaitForExitAsync(cancellation);

        void Note(string? line)
        {
            switch (line?.Split(' '))
            {
                case ["row", var n]:
                    rows.Add(long.Parse(n, CultureInfo.InvariantCulture));
                    break;
                case ["blob", var id, var length]:
                    blobs[id] = long.Parse(length, CultureInfo.InvariantCulture);
                    break;
                default:
                    throw new InvalidOperationException($"The writer said '{line}' and then no more.");
            }
        }
    }

    static async Task ShouldBeWhole(BlobStore store, BlobId id, long length, CancellationToken cancellation)
    {
        await using var content = (await store.Open(id, cancellation)).ShouldNotBeNull($"the acknowledged blob {id} is missing");
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellation);
        copy.Length.ShouldBe(length);
        BlobId.Of(copy.ToArray()).ShouldBe(id);
    }
}
