namespace Bastide.Mail;

/// <summary>What APPEND did (RFC 4315 §3).</summary>
/// <param name="UidValidity">Of the mailbox.</param>
/// <param name="Uids">The UIDs of the messages, in the order they were given.</param>
/// <param name="Refused">Why nothing was done, or null.</param>
sealed record AppendOutcome(uint UidValidity, List<uint> Uids, MailError? Refused)
{
    public static AppendOutcome Refuse(MailError error) => new(0, [], error);
}
