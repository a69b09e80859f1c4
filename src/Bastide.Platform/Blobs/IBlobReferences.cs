using Bastide.Platform.Accounts;

namespace Bastide.Platform.Blobs;

/// <summary>What each module that refers to blobs answers, so that the square can guard and sweep them.</summary>
public interface IBlobReferences
{
    /// <summary>Whether an item of the account that the caller may read refers to the blob.</summary>
    ValueTask<bool> MayRead(Caller caller, AccountId account, BlobId blob, CancellationToken cancellation);

    /// <summary>Which of these blobs any item of the module refers to. One query for the whole page.</summary>
    ValueTask<IReadOnlySet<BlobId>> ReferencedAmong(IReadOnlyList<BlobId> blobs, CancellationToken cancellation);
}
