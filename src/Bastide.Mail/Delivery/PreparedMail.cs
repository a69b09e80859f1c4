namespace Bastide.Mail.Delivery;

/// <summary>A message and its recipients here, looked up before the transaction that delivers it.</summary>
/// <param name="Message">The parsed message.</param>
/// <param name="Recipients">The recipients in their order.</param>
sealed record PreparedMail(ParsedMessage Message, IReadOnlyList<PreparedRecipient> Recipients);
