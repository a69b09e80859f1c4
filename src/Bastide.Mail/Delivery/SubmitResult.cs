namespace Bastide.Mail.Delivery;

/// <summary>What came of handing in a message.</summary>
/// <param name="Submission">The submission, durable; null when it was refused.</param>
/// <param name="Failure">Why it was refused.</param>
/// <param name="Description">The same as a sentence.</param>
/// <param name="InvalidRecipients">The recipients that cannot be, where that is why.</param>
/// <param name="Limit">The bound that was passed, where that is why (recipients, octets).</param>
public sealed record SubmitResult(
    Submission? Submission,
    SubmitFailure? Failure = null,
    string? Description = null,
    IReadOnlyList<string>? InvalidRecipients = null,
    long? Limit = null);
