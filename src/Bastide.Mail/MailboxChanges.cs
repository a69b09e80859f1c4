using Bastide.Platform.Changes;

namespace Bastide.Mail;

/// <summary>What changed among the mailboxes (RFC 8621 §2.2).</summary>
/// <param name="Changes">The mailboxes.</param>
/// <param name="OnlyCounts">Whether of the updated ones nothing but the four counts changed.</param>
public sealed record MailboxChanges(ItemChanges Changes, bool OnlyCounts);
