namespace Bastide.Mail.Delivery;

/// <summary>An attempt at delivery, before it is noted.</summary>
/// <param name="Message">What.</param>
/// <param name="Recipients">Who waited.</param>
/// <param name="Results">What it came to; for this server only the refusals, the rest is delivered when it is noted.</param>
/// <param name="Prepared">For this server, the recipients as the directory knows them.</param>
sealed record Attempt(OutgoingMessage Message, IReadOnlyList<OutgoingRecipient> Recipients, IReadOnlyList<RecipientResult> Results, PreparedMail? Prepared);
