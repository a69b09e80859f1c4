using Bastide.Mail.Mime;
using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Mail;

/// <summary>
/// Which blobs the messages refer to: their own bytes, and their decoded parts. A part is named by its decoded octets
/// and not stored a second time; when somebody who may read it asks, it is put into the blob store, from where the sweep
/// takes it a day later.
/// </summary>
sealed class MailBlobs(Database database, BlobStore blobs) : IBlobReferences
{
    public async ValueTask<bool> MayRead(Caller caller, AccountId account, BlobId blob, CancellationToken cancellation)
    {
        if (!caller.May("mail")) return false;
        var (isMessage, part) = await database.Read(scope => Find(scope, caller, account, blob), cancellation);
        if (isMessage) return true;
        if (part is not var (message, place)) return false;
        if (await blobs.Size(blob, cancellation) is not null) return true;
        await using var stream = await blobs.Open(message, cancellation);
        if (stream is null) return false;
        await using var content = PartContent.Open(stream, place);
        return (await blobs.Put(content, cancellation)).Id == blob;
    }

    public async ValueTask<IReadOnlySet<BlobId>> ReferencedAmong(IReadOnlyList<BlobId> asked, CancellationToken cancellation) =>
        await database.Read(async scope =>
        {
            var kept = new HashSet<BlobId>();
            // Octets are no array parameter on either engine; each look-up is one step in an index.
            foreach (var blob in asked)
                if (await MessageTable.IsReferenced(scope, blob))
                    kept.Add(blob);
            return kept;
        }, cancellation);

    static async ValueTask<(bool IsMessage, (BlobId Message, BodyPart Place)? Part)> Find(ReadScope scope, Caller caller, AccountId account, BlobId blob)
    {
        var rights = await MailRights.Of(scope, caller, account);
        if (rights.SeesNothing) return (false, null);
        var whole = await MessageTable.Find(scope, account, [.. await MessageTable.OfBlob(scope, account, blob)]);
        if (whole.Exists(row => rights.Sees(row.Mailboxes))) return (true, null);
        var holders = await ContentTable.Find(scope, account, [.. await MessageTable.OfPart(scope, account, blob)], withStructure: true);
        foreach (var holder in holders.Where(holder => rights.Sees(holder.Row.Mailboxes)))
            if (holder.Structure!.Leaves().FirstOrDefault(leaf => leaf.BlobId == blob) is { } leaf)
                return (false, (holder.Row.Blob, leaf));
        return (false, null);
    }
}
