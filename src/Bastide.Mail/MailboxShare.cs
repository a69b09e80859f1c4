using Bastide.Platform.Accounts;

namespace Bastide.Mail;

/// <summary>What somebody may do with a mailbox.</summary>
/// <param name="Person">Who.</param>
/// <param name="Address">Their primary address.</param>
/// <param name="Rights">What.</param>
public sealed record MailboxShare(AccountId Person, string Address, Rights Rights);
