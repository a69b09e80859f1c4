namespace Bastide.Platform.Net;

/// <summary>A mail exchanger of a domain (RFC 5321 §5).</summary>
/// <param name="Preference">The lower, the sooner it is tried.</param>
/// <param name="Host">Its name without the final dot; empty for "accepts no mail" (RFC 7505).</param>
public readonly record struct MxRecord(int Preference, string Host);
