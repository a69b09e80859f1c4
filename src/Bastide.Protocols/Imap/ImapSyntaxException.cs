namespace Bastide.Protocols.Imap;

/// <summary>A command that is not of the grammar (RFC 9051 §9); it is answered with <c>BAD</c>.</summary>
/// <param name="message">A sentence for the client.</param>
public sealed class ImapSyntaxException(string message) : Exception(message);
