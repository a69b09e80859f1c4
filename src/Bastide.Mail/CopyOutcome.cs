namespace Bastide.Mail;

/// <summary>What COPY or MOVE did: the UIDs there and here (RFC 4315 §3).</summary>
/// <param name="UidValidity">Of the mailbox that was copied to.</param>
/// <param name="Uids">Each message's UID before and after.</param>
/// <param name="Refused">Why nothing was done, or null.</param>
sealed record CopyOutcome(uint UidValidity, List<(uint From, uint To)> Uids, MailError? Refused)
{
    public static CopyOutcome Refuse(MailError error) => new(0, [], error);
}
