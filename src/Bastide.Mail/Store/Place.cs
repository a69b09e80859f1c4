namespace Bastide.Mail.Store;

/// <summary>A message's place in a mailbox: what IMAP says of it without looking at the message.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="Message">The message's number; it may become another when threads are joined, the UID stays.</param>
/// <param name="Flags">Its flags, with <see cref="MessageFlags.Deleted"/>.</param>
/// <param name="ModSeq">When it last changed (RFC 7162).</param>
/// <param name="ReceivedAt">INTERNALDATE, in milliseconds since 1970.</param>
/// <param name="SavedAt">When it came into the mailbox (RFC 8514), in milliseconds since 1970.</param>
/// <param name="Thread">The conversation it is of.</param>
/// <param name="Size">Its octets.</param>
readonly record struct Place(uint Uid, long Message, MessageFlags Flags, long ModSeq, long ReceivedAt, long SavedAt, long Thread, long Size);
