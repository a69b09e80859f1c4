namespace Bastide.Mail.Delivery;

/// <summary>A message made ready to be sent: rewritten, stored, its envelope checked.</summary>
/// <param name="Mail">The message.</param>
/// <param name="Envelope">Who it goes from and to.</param>
/// <param name="Recipients">The recipients with their routes, each once.</param>
sealed record DraftedMail(OutgoingMail Mail, Envelope Envelope, IReadOnlyList<RoutedRecipient> Recipients)
{
    /// <summary>The addresses in its recipient fields, with the names it gives them.</summary>
    public IReadOnlyList<MailAddress> Addressed { get; init; } = [];
}
