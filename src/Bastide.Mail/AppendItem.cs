namespace Bastide.Mail;

/// <summary>A message to be stored by APPEND; without a date it is of now.</summary>
sealed record AppendItem(ParsedMessage Message, DateTimeOffset? ReceivedAt, IReadOnlyList<string> Keywords, bool IsDeleted);
