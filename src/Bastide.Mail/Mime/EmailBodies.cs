namespace Bastide.Mail.Mime;

/// <summary>What a reader shows of a message (RFC 8621 §4.1.4).</summary>
/// <param name="TextBody">The parts shown where plain text is preferred.</param>
/// <param name="HtmlBody">The parts shown where HTML is preferred.</param>
/// <param name="Attachments">What is offered beside them.</param>
public sealed record EmailBodies(IReadOnlyList<BodyPart> TextBody, IReadOnlyList<BodyPart> HtmlBody, IReadOnlyList<BodyPart> Attachments);
