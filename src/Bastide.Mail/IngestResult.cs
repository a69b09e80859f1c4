namespace Bastide.Mail;

/// <summary>What came of a delivery to one account.</summary>
/// <param name="EmailId">The message, 0 when there was no room.</param>
/// <param name="ThreadId">Its conversation.</param>
/// <param name="OverQuota">Whether the account had no room.</param>
public readonly record struct IngestResult(long EmailId, long ThreadId, bool OverQuota = false);
