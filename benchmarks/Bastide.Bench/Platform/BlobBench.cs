using System.Diagnostics;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Bench.Platform;

/// <summary>Writing and reading blobs beside writing and reading files of the same sizes, flushed as well.</summary>
static class BlobBench
{
    static readonly (string Name, int Size, int Count, int Callers)[] Cases =
    [
        ("8 KiB (in the database)", 8 * 1024, 4000, 32),
        ("60 KiB (in the database)", 60 * 1024, 1000, 32),
        ("1 MiB (a file)", 1024 * 1024, 200, 8),
        ("64 MiB (a file)", 64 * 1024 * 1024, 6, 2),
    ];

    public static async Task Run(Report report, Database sqlite, Database postgres, string directory, CancellationToken cancellation)
    {
        var rows = new List<string[]>();
        foreach (var (name, size, count, callers) in Cases)
        {
            var contents = Noise(size);
            var files = Path.Combine(directory, $"files-{size}");
            Directory.CreateDirectory(files);
            var plainWrite = await Rate(count, callers, size, i => WriteFile(Path.Combine(files, $"{i}"), Piece(contents, i, size), cancellation));
            var plainRead = await Rate(count, callers, size, i => ReadAll(File.OpenRead(Path.Combine(files, $"{i}")), cancellation));
            rows.Add([name, "files", Report.Figure(plainWrite), "", Report.Figure(plainRead), ""]);
            foreach (var database in new[] { sqlite, postgres })
            {
                var store = new BlobStore(database, Path.Combine(directory, $"blobs-{database.Engine}-{size}"), TimeProvider.System);
                var ids = new BlobId[count];
                var write = await Rate(count, callers, size, async i => ids[i] = (await store.Put(Piece(contents, i, size), cancellation)).Id);
                var read = await Rate(count, callers, size, async i => await ReadAll((await store.Open(ids[i], cancellation))!, cancellation));
                rows.Add(["", database.Engine.ToString(), Report.Figure(write), Report.Figure(write / plainWrite), Report.Figure(read), Report.Figure(read / plainRead)]);
            }

            Directory.Delete(files, recursive: true);
        }

        report.Table(["blobs, MB/s", "kept by", "write", "× files", "read", "× files"], rows);
    }

    static async Task<double> Rate(int count, int callers, int size, Func<int, Task> work)
    {
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;) await work(i);
        })));
        return (double)count * size / 1_000_000 / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    static async Task WriteFile(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous });
        await file.WriteAsync(content, cancellation);
        file.Flush(flushToDisk: true);
    }

    static async Task ReadAll(Stream stream, CancellationToken cancellation)
    {
        await using (stream) await stream.CopyToAsync(Stream.Null, 128 * 1024, cancellation);
    }

    /// <summary>Bytes that do not compress, with room for every caller to take a piece of its own.</summary>
    static byte[] Noise(int size)
    {
        var noise = new byte[size + 8192];
        new Random(size).NextBytes(noise);
        return noise;
    }

    static ReadOnlyMemory<byte> Piece(byte[] noise, int i, int size) => noise.AsMemory(i, size);
}
