namespace Bastide.Mail;

/// <summary>What EXPUNGE did.</summary>
sealed record ExpungeOutcome(List<uint> Uids, MailError? Refused);
