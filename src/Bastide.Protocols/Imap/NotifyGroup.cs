namespace Bastide.Protocols.Imap;

/// <summary>A part of NOTIFY: some mailboxes, and what is told of them (RFC 5465 §3.1).</summary>
/// <param name="Scope">Which mailboxes.</param>
/// <param name="Mailboxes">Those that are named, with <see cref="NotifyScope.Subtree"/> and <see cref="NotifyScope.Mailboxes"/>.</param>
/// <param name="Events">What is told; <see cref="NotifyEvents.None"/> for nothing, whatever the parts behind it say.</param>
/// <param name="Items">What is fetched of a message that comes, or null.</param>
public sealed record NotifyGroup(NotifyScope Scope, IReadOnlySet<string> Mailboxes, NotifyEvents Events, FetchArguments? Items);
