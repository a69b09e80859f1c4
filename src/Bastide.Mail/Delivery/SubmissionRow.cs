namespace Bastide.Mail.Delivery;

/// <summary>What filters and sorts of submissions look at. RFC 8621 §7.3.</summary>
/// <param name="Id">Its number.</param>
/// <param name="IdentityId">The identity.</param>
/// <param name="EmailId">The email.</param>
/// <param name="ThreadId">The thread.</param>
/// <param name="UndoStatus">Whether it can be taken back.</param>
/// <param name="SendAt">When it is (or was) sent.</param>
public sealed record SubmissionRow(long Id, long? IdentityId, long? EmailId, long? ThreadId, UndoStatus UndoStatus, DateTimeOffset SendAt);
