using Bastide.Abstractions.Identity;

namespace Bastide.Mail.Delivery;

/// <summary>A recipient as the directory knows it.</summary>
/// <param name="Address">The address as it was given.</param>
/// <param name="Entry">Who it is, where mail can be delivered now.</param>
/// <param name="Refusal">Why it cannot be delivered, where it cannot.</param>
sealed record PreparedRecipient(string Address, DirectoryEntry? Entry, RecipientResult? Refusal);
