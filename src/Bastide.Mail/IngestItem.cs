namespace Bastide.Mail;

/// <summary>A message to be stored as it comes from somewhere else: an import, a restore.</summary>
/// <param name="Message">The message.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="MailboxIds">Where it goes.</param>
/// <param name="Keywords">Its keywords.</param>
public sealed record IngestItem(ParsedMessage Message, DateTimeOffset ReceivedAt, IReadOnlyList<long> MailboxIds, IReadOnlyList<string> Keywords);
