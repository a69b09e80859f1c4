namespace Bastide.Mail.Delivery;

/// <summary>A report to the sender, stored and ready for the queue.</summary>
/// <param name="Mail">The report.</param>
/// <param name="Recipient">The sender of the message it is about.</param>
/// <param name="ToldDelayed">The recipients whose delay it tells of.</param>
sealed record DeliveryReport(OutgoingMail Mail, RoutedRecipient Recipient, IReadOnlyList<long> ToldDelayed);
