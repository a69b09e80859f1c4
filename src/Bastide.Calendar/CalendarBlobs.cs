using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Calendar;

/// <summary>Which blobs are attached to events.</summary>
sealed class CalendarBlobs(Database database) : IBlobReferences
{
    public async ValueTask<bool> MayRead(Caller caller, AccountId account, BlobId blob, CancellationToken cancellation) =>
        await database.Read(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            if (access.IsNobody) return false;
            return (await EventBlobTable.Holders(scope, account, blob)).Exists(holder => access.Sees(holder.Calendar) && (access.IsOwner || holder.Privacy == EventPrivacy.Public));
        }, cancellation);

    public async ValueTask<IReadOnlySet<BlobId>> ReferencedAmong(IReadOnlyList<BlobId> asked, CancellationToken cancellation) =>
        await database.Read(async scope =>
        {
            var kept = new HashSet<BlobId>();
            // Octets are no array parameter on either engine; each look-up is one step in an index.
            foreach (var blob in asked)
                if (await EventBlobTable.IsReferenced(scope, blob) || await AttachmentTable.IsReferenced(scope, blob))
                    kept.Add(blob);
            return kept;
        }, cancellation);
}
