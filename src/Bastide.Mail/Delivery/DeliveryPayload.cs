namespace Bastide.Mail.Delivery;

/// <summary>What a job of <see cref="Queue.Kind"/> does: one message, one domain.</summary>
sealed record DeliveryPayload(long Message, string Domain);
