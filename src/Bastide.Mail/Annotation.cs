namespace Bastide.Mail;

/// <summary>An annotation of a mailbox, or of an account where there is none (RFC 5464 §3).</summary>
/// <param name="Mailbox">The mailbox, or 0.</param>
/// <param name="Entry">Its name, in lower case.</param>
/// <param name="Size">The octets of its value; 0 where it was taken away.</param>
/// <param name="Value">Its value, or null where it is not there or was not read.</param>
public sealed record Annotation(long Mailbox, string Entry, long Size, byte[]? Value);
