namespace Bastide.Mail.Delivery;

/// <summary>A recipient of a message of the queue.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Address">The address.</param>
/// <param name="IsToldDelayed">Whether the sender was told that it takes long.</param>
sealed record OutgoingRecipient(long Id, string Address, bool IsToldDelayed);
