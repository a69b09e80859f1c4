using Bastide.Protocols.Jmap;

namespace Bastide.Mail;

/// <summary>How STORE changes the flags of messages (RFC 9051 §6.4.6).</summary>
/// <param name="Patch">What happens to the keywords.</param>
/// <param name="Deleted">Whether <c>\Deleted</c> is set or taken away, or null to leave it.</param>
sealed record FlagChange(Patch<string> Patch, bool? Deleted)
{
    public HashSet<string> Apply(IReadOnlyCollection<string> present) => Patch.Apply(present);
}
