using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;

namespace Bastide.Mail.Delivery;

/// <summary>A message of the queue. See <see cref="OutgoingMail"/>.</summary>
sealed record OutgoingMessage(long Id, AccountId? Account, long? Submission, string Sender, StoredBlob Message, bool IsEightBit, bool IsUtf8, DateTimeOffset CreatedAt);
