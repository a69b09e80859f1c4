namespace Bastide.Protocols.Jmap;

/// <summary>A message of the other side of a WebSocket.</summary>
/// <param name="Octets">What it says; nothing when it was refused.</param>
/// <param name="IsBinary">Whether it is no text, and then the rest of it may still be on its way.</param>
/// <param name="Place">The place it took on the way, now the reader's to give back; null when it was short.</param>
/// <param name="Refused">Why it was not kept, or null.</param>
sealed record WebSocketMessage(ReadOnlyMemory<byte> Octets, bool IsBinary, IDisposable? Place, RequestError? Refused);
