namespace Bastide.Mail.Delivery;

/// <summary>What a job of <see cref="VacationReply"/> does: answer one message, perhaps.</summary>
sealed record VacationPayload(long Account, string Recipient, string Sender, string Blob);
