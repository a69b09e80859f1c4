namespace Bastide.Calendar.Attachments;

/// <summary>What came of a change of what is attached.</summary>
/// <param name="Stored">The object, or why it was not changed.</param>
/// <param name="ManagedId">What is attached is known by this now; null where something was taken away, or nothing was done.</param>
public sealed record AttachmentOutcome(PutOutcome Stored, string? ManagedId);
