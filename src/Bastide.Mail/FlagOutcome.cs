using Bastide.Mail.Store;

namespace Bastide.Mail;

/// <summary>What STORE did.</summary>
/// <param name="Places">The messages as they are now.</param>
/// <param name="Before">Their modification sequences before, by UID.</param>
/// <param name="Keywords">Their keywords that have no bit, by message.</param>
/// <param name="Stale">The UIDs left alone because they had changed (RFC 7162 §3.1.3).</param>
/// <param name="Refused">Why nothing was done, or null.</param>
sealed record FlagOutcome(List<Place> Places, Dictionary<uint, long> Before, Dictionary<long, List<string>> Keywords, List<uint> Stale, MailError? Refused)
{
    public static FlagOutcome Refuse(MailError error) => new([], [], [], [], error);
}
