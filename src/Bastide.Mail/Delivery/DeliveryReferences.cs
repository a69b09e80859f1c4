using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Mail.Delivery;

/// <summary>Keeps the blobs of messages on their way from being swept. Nobody reads them through here.</summary>
sealed class DeliveryReferences(Database database) : IBlobReferences
{
    public ValueTask<bool> MayRead(Caller caller, AccountId account, BlobId blob, CancellationToken cancellation) => ValueTask.FromResult(false);

    public async ValueTask<IReadOnlySet<BlobId>> ReferencedAmong(IReadOnlyList<BlobId> blobs, CancellationToken cancellation) =>
        new HashSet<BlobId>(await database.Read(scope => OutgoingTable.Referenced(scope, blobs), cancellation));
}
