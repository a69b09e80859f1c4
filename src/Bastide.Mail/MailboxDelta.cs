using Bastide.Mail.Store;

namespace Bastide.Mail;

/// <summary>What happened to a mailbox since a modification sequence.</summary>
sealed record MailboxDelta(MailboxRow Mailbox, List<uint> Expunged, List<Place> Changed, Dictionary<long, List<string>> Keywords);
