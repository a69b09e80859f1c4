using System.Collections.Concurrent;
using System.Security.Cryptography;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Microsoft.Win32.SafeHandles;
using ZstdSharp;

namespace Bastide.Platform.Blobs;

/// <summary>
/// Immutable bytes named by their SHA-256, each kept once. Up to <see cref="InlineLimit"/> they live compressed in the
/// database (a file of its own beside the embedded one); larger ones are files. What is answered is durable. Nothing
/// here says who may read a blob: the module whose item refers to it does.
/// </summary>
public sealed class BlobStore
{
    /// <summary>The largest blob that lives in the database, in octets.</summary>
    public const int InlineLimit = 64 * 1024;

    /// <summary>How long bytes that nothing refers to are kept: from the upload to the item that refers to them.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    // An upload may be referred to until the end of its grace by a transaction that is still under way, and its blob may
    // have been touched up to TouchAgainAfter before.
    static readonly TimeSpan SweepAfter = Grace + TimeSpan.FromHours(2);
    static readonly TimeSpan TouchAgainAfter = TimeSpan.FromHours(1);
    static readonly Sql SelectMeta = new("SELECT size, touched_at FROM blobs WHERE id = $1");
    static readonly Sql SelectContent = new("SELECT size, compressed, content FROM blobs WHERE id = $1");
    static readonly Sql Touch = new("UPDATE blobs SET touched_at = $2 WHERE id = $1");

    static readonly Sql Insert = new("""
        INSERT INTO blobs (id, size, touched_at, compressed, content) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET touched_at = excluded.touched_at
        """);

    static readonly Sql SelectOld = new("""
        SELECT id, size, content IS NULL FROM blobs WHERE touched_at < $1 AND id > $2 ORDER BY id LIMIT $3
        """);

    static readonly Sql DeleteOld = new("DELETE FROM blobs WHERE id = $1 AND touched_at < $2");

    // Directories that this process has seen safe on the disk: their parents are flushed once. At most 65,536 of them.
    readonly ConcurrentDictionary<string, bool> _flushed = new();
    readonly Database _database;
    readonly string _directory;
    readonly string _incoming;
    readonly TimeProvider _time;

    /// <summary>Keeps blobs in <paramref name="database"/> and in files below <paramref name="directory"/>, which it makes.</summary>
    public BlobStore(Database database, string directory, TimeProvider time)
    {
        _database = database;
        _directory = directory;
        _incoming = Path.Combine(directory, "incoming");
        _time = time;
        Directory.CreateDirectory(_incoming);
    }

    /// <summary>Begins a blob whose length is not known: write to it, then <see cref="BlobWriter.Complete"/>.</summary>
    public BlobWriter Create() => new(this, _incoming);

    /// <summary>Keeps everything the stream gives.</summary>
    public async Task<StoredBlob> Put(Stream content, CancellationToken cancellation)
    {
        await using var writer = Create();
        await content.CopyToAsync(writer, cancellation);
        return await writer.Complete(cancellation);
    }

    /// <summary>Keeps these bytes.</summary>
    public async Task<StoredBlob> Put(ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        await using var writer = Create();
        await writer.WriteAsync(content, cancellation);
        return await writer.Complete(cancellation);
    }

    /// <summary>The length in octets, or null when there is no such blob.</summary>
    public async ValueTask<long?> Size(BlobId id, CancellationToken cancellation) =>
        await _database.Read(scope => scope.Long(SelectMeta, id), cancellation);

    /// <summary>
    /// The bytes as a stream that can seek, or null when there is no such blob. Throws <see cref="InvalidDataException"/>
    /// when the disk no longer holds what was stored.
    /// </summary>
    public async Task<Stream?> Open(BlobId id, CancellationToken cancellation)
    {
        var row = await _database.Read(scope => scope.First(SelectContent,
            r => ((long Size, bool Compressed, byte[]? Content)?)(r.Long(0), r.Bool(1), r.BytesOrNull(2)), id), cancellation);
        if (row is not { } blob) return null;
        if (blob.Content is null)
        {
            var path = PathOf(id);
            if (!File.Exists(path)) throw new InvalidDataException($"The file of blob {id} is missing from the blob directory: restore it from a backup.");
            return new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous });
        }

        if (!blob.Compressed) return new MemoryStream(blob.Content, writable: false);
        using var decompressor = new Decompressor();
        return new MemoryStream(decompressor.Unwrap(blob.Content, InlineLimit).ToArray(), writable: false);
    }

    internal async Task<StoredBlob> KeepInline(BlobId id, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        if (await IsFresh(id, cancellation)) return new StoredBlob(id, content.Length);
        byte[] stored;
        using (var compressor = new Compressor(3)) stored = compressor.Wrap(content.Span).ToArray();
        var compressed = stored.Length < content.Length;
        if (!compressed) stored = content.ToArray();
        await _database.Write(async scope => { await scope.Execute(Insert, id, (long)content.Length, _time.GetUtcNow(), compressed, stored); }, cancellation);
        return new StoredBlob(id, content.Length);
    }

    internal async Task<StoredBlob> KeepFile(BlobId id, string temporary, long size, CancellationToken cancellation)
    {
        if (await IsFresh(id, cancellation) && File.Exists(PathOf(id)))
        {
            File.Delete(temporary);
            return new StoredBlob(id, size);
        }

        // The row first: a sweep that is removing the same blob has then either ended, its file with it, or sees the row
        // touched and leaves the file alone. Until the file is there nobody was told of the blob.
        await _database.Write(async scope => { await scope.Execute(Insert, id, size, _time.GetUtcNow(), false, null); }, cancellation);
        var path = PathOf(id);
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        File.Move(temporary, path, overwrite: true);
        DirectorySync.Flush(directory);
        if (!_flushed.ContainsKey(directory))
        {
            DirectorySync.Flush(Path.GetDirectoryName(directory)!);
            DirectorySync.Flush(_directory);
            _flushed.TryAdd(directory, true);
        }

        return new StoredBlob(id, size);
    }

    /// <summary>
    /// Removes blobs that nothing refers to any more and that were last given for keeping longer ago than <see cref="Grace"/>.
    /// <paramref name="referenced"/> is asked of a page of candidates which of them are still referred to.
    /// Answers how many octets went.
    /// </summary>
    public async Task<long> Sweep(Func<IReadOnlyList<BlobId>, CancellationToken, ValueTask<IReadOnlySet<BlobId>>> referenced, CancellationToken cancellation)
    {
        var before = _time.GetUtcNow() - SweepAfter;
        var freed = 0L;
        var after = Array.Empty<byte>();
        while (true)
        {
            var page = await _database.Read(scope => scope.List(SelectOld, row => (Id: new BlobId(row.Bytes(0)), Size: row.Long(1), IsFile: row.Bool(2)), before, after, 500), cancellation);
            if (page.Count == 0) break;
            after = page[^1].Id.Hash.ToArray();
            var kept = await referenced([.. page.Select(b => b.Id)], cancellation);
            foreach (var blob in page.Where(b => !kept.Contains(b.Id)))
            {
                // A Put in between has touched the row, and then this deletes nothing. The file goes within the
                // transaction: a Put that waits for its row moves its own file in place afterwards.
                var gone = await _database.Write(async scope =>
                {
                    if (await scope.Execute(DeleteOld, blob.Id, before) == 0) return false;
                    if (blob.IsFile) File.Delete(PathOf(blob.Id));
                    return true;
                }, cancellation);
                if (gone) freed += blob.Size;
            }
        }

        foreach (var left in new DirectoryInfo(_incoming).EnumerateFiles().Where(f => f.LastWriteTimeUtc < before.UtcDateTime)) left.Delete();
        return freed;
    }

    /// <summary>Known already, and touched so recently that the sweep leaves it alone; otherwise it is touched now.</summary>
    async ValueTask<bool> IsFresh(BlobId id, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        var touched = await _database.Read(scope => scope.First(SelectMeta, row => row.TimeOrNull(1), id), cancellation);
        if (touched is null) return false;
        if (now - touched < TouchAgainAfter) return true;
        return await _database.Write(async scope => await scope.Execute(Touch, id, now) == 1, cancellation);
    }

    string PathOf(BlobId id)
    {
        var hex = id.Hex;
        return Path.Combine(_directory, hex[..2], hex[2..4], hex);
    }
}
