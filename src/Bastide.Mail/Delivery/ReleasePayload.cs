namespace Bastide.Mail.Delivery;

/// <summary>What a job of <see cref="SubmissionRelease"/> does: a message whose time has come.</summary>
sealed record ReleasePayload(long Message, long Submission);
