namespace Bastide.Mail;

/// <summary>That a header field is there, or holds a text (RFC 8621 §4.4.1, <c>header</c>).</summary>
/// <param name="Name">The field, in any case.</param>
/// <param name="Value">The text to look for in its decoded form, or null when it only has to be there.</param>
public sealed record HeaderCondition(string Name, string? Value);
