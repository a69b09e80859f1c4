namespace Bastide.Mail;

/// <summary>What STATUS tells of a mailbox beyond its row.</summary>
sealed record MailboxFigures(long Unseen, long Deleted, long DeletedOctets, long Octets);
