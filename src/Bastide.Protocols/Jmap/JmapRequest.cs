namespace Bastide.Protocols.Jmap;

/// <summary>A request whose form is right (RFC 8620 §3.3).</summary>
/// <param name="Using">The capabilities it uses.</param>
/// <param name="Calls">Its calls, in order.</param>
/// <param name="CreatedIds">The creation ids it brings, or null when it does not want them back.</param>
/// <param name="MayHoldNul">Whether the character U+0000 may stand somewhere in its texts.</param>
sealed record JmapRequest(IReadOnlySet<string> Using, IReadOnlyList<Invocation> Calls, IReadOnlyDictionary<string, string>? CreatedIds, bool MayHoldNul);
