using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Mail.Delivery;

/// <summary>A message that was handed in to be sent. RFC 8621 §7.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="IdentityId">The identity it was sent with, as the caller named it.</param>
/// <param name="EmailId">The email it was made of, as the caller named it.</param>
/// <param name="ThreadId">The thread of that email, as the caller named it.</param>
/// <param name="Envelope">Who it goes from and to.</param>
/// <param name="SendAt">When it is (or was) sent.</param>
/// <param name="UndoStatus">Whether it can be taken back.</param>
/// <param name="DeliveryStatus">How it stands with each recipient, in the envelope's order.</param>
/// <param name="CreatedSeq">When it was made, in the account's change sequence.</param>
/// <param name="ChangedSeq">When it last changed.</param>
public sealed record Submission(
    long Id,
    AccountId Account,
    long? IdentityId,
    long? EmailId,
    long? ThreadId,
    Envelope Envelope,
    DateTimeOffset SendAt,
    UndoStatus UndoStatus,
    IReadOnlyList<DeliveryStatus> DeliveryStatus,
    Sequence CreatedSeq,
    Sequence ChangedSeq);
