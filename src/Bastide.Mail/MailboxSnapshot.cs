using Bastide.Mail.Store;
using Bastide.Platform.Accounts;

namespace Bastide.Mail;

/// <summary>A mailbox as it is when it is selected (RFC 9051 §6.3.2).</summary>
sealed record MailboxSnapshot(AccountId Account, MailboxRow Mailbox, Rights Rights, List<uint> Uids, uint? FirstUnseen);
