using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Platform.Blobs;

/// <summary>
/// Which blobs a person may read through an account: those they uploaded to it lately themselves (RFC 8620 §6.1), and those
/// that items refer to which they may read. For anybody else a blob does not exist, whether or not its bytes are there.
/// </summary>
public sealed class BlobUploads(Database database, IEnumerable<IBlobReferences> references, TimeProvider time)
{
    static readonly Sql Insert = new("""
        INSERT INTO blob_uploads (account_id, blob_id, person_id, uploaded_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (account_id, blob_id, person_id) DO UPDATE SET uploaded_at = excluded.uploaded_at
        """);

    static readonly Sql SelectOne = new("SELECT 1 FROM blob_uploads WHERE account_id = $1 AND blob_id = $2 AND person_id = $3");
    static readonly Sql DeleteOld = new("DELETE FROM blob_uploads WHERE uploaded_at < $1");

    static readonly Sql SelectAmong = new("SELECT DISTINCT blob_id FROM blob_uploads WHERE blob_id {any octets $1}");

    /// <summary>Notes that the caller now has these bytes at hand in the account, for <see cref="BlobStore.Grace"/>.</summary>
    public Task Note(Caller caller, AccountId account, BlobId blob, CancellationToken cancellation) =>
        database.Write(async scope => { await scope.Execute(Insert, account, blob, caller.Person, time.GetUtcNow()); }, cancellation);

    /// <summary>The same for many, in one transaction.</summary>
    public Task Note(Caller caller, AccountId account, IReadOnlyCollection<BlobId> blobs, CancellationToken cancellation)
    {
        if (blobs.Count == 0) return Task.CompletedTask;
        var now = time.GetUtcNow();
        return database.Write(scope => scope.ExecuteMany(Insert, [.. blobs.Distinct().Select(blob => new object?[] { account, blob, caller.Person, now })]), cancellation);
    }

    /// <summary>Whether the caller may read the blob through this account.</summary>
    public async ValueTask<bool> MayRead(Caller caller, AccountId account, BlobId blob, CancellationToken cancellation)
    {
        var uploaded = await database.Read(async scope =>
            await Access.On(scope, caller, account) != Rights.None && await scope.Any(SelectOne, account, blob, caller.Person), cancellation);
        if (uploaded) return true;
        foreach (var module in references)
            if (await module.MayRead(caller, account, blob, cancellation))
                return true;
        return false;
    }

    /// <summary>Forgets old uploads, then removes the blobs that nothing refers to. Answers how many octets went.</summary>
    public async Task<long> Sweep(BlobStore store, CancellationToken cancellation)
    {
        await database.Write(async scope => { await scope.Execute(DeleteOld, time.GetUtcNow() - BlobStore.Grace); }, cancellation);
        return await store.Sweep(Referenced, cancellation);
    }

    async ValueTask<IReadOnlySet<BlobId>> Referenced(IReadOnlyList<BlobId> blobs, CancellationToken cancellation)
    {
        var uploaded = await database.Read(scope => scope.List(SelectAmong, row => new BlobId(row.Bytes(0)), BlobId.Octets(blobs)), cancellation);
        var kept = uploaded.ToHashSet();
        foreach (var module in references) kept.UnionWith(await module.ReferencedAmong(blobs, cancellation));
        return kept;
    }
}
