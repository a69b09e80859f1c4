namespace Bastide.Abstractions.Mail;

/// <summary>Somebody a message was sent to.</summary>
/// <param name="Address">The address.</param>
/// <param name="Name">The name that the message gives them, or null.</param>
public sealed record SentTo(string Address, string? Name);
