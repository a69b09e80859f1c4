namespace Bastide.Mail;

/// <summary>A conversation (RFC 8621 §3).</summary>
/// <param name="Id">Its number.</param>
/// <param name="EmailIds">Its messages that the asker may read, by when they came, the oldest first.</param>
public sealed record MailThread(long Id, IReadOnlyList<long> EmailIds);
