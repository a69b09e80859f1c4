using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;

namespace Bastide.Mail.Store;

/// <summary>A message as it is stored, with the mailboxes it is in and the keywords that have no bit.</summary>
sealed class MessageRow
{
    public required long Id { get; init; }

    public required long ThreadId { get; init; }

    public required BlobId Blob { get; init; }

    public required long Size { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required bool HasAttachment { get; init; }

    public required MessageFlags Flags { get; init; }

    public required Sequence CreatedSeq { get; init; }

    public required Sequence ChangedSeq { get; init; }

    public List<long> Mailboxes { get; } = [];

    public List<string> OtherKeywords { get; } = [];

    public List<string> Keywords => Store.Keywords.Join(Flags, OtherKeywords);
}
