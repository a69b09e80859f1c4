using Bastide.Mail.Imap.Verbs;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap;

/// <summary>
/// What a client asked to be told without asking again (RFC 5465): mailboxes as they were told last, to be compared with
/// those that are when something may have changed. The messages of the selected mailbox are <see cref="ImapSession.Sync"/>'s.
/// </summary>
sealed class NotifyWatch : IDisposable
{
    const StatusItems Items = StatusItems.Messages | StatusItems.UidNext | StatusItems.UidValidity | StatusItems.Unseen;
    readonly ImapSession _session;
    readonly IReadOnlyList<NotifyGroup> _groups;
    readonly bool _withOthers;
    readonly HashSet<AccountId> _accounts = [];
    readonly List<ChangeFeed.Subscription> _feeds = [];
    readonly Dictionary<AccountId, Sequence> _annotated = [];
    Dictionary<long, MailboxName> _known = [];

    NotifyWatch(ImapSession session, NotifyArguments asked)
    {
        _session = session;
        _groups = asked.Groups;
        _withOthers = _groups.Any(group => group.Scope == NotifyScope.Subscribed || group.Mailboxes.Any(MayBeOfOthers));
        OfSelected = _groups.FirstOrDefault(group => group.Scope is NotifyScope.Selected or NotifyScope.SelectedDelayed);
    }

    /// <summary>What is told of the selected mailbox, or null for nothing (RFC 5465 §6.1).</summary>
    public NotifyGroup? OfSelected { get; }

    /// <summary>Whether the messages of the selected mailbox are told at all.</summary>
    public bool TellsMessages => OfSelected is not null && OfSelected.Events.HasFlag(NotifyEvents.MessageNew);

    /// <summary>Begins to watch; tells the mailboxes as they are when that is asked.</summary>
    public static async ValueTask<NotifyWatch> Begin(ImapSession session, NotifyArguments asked)
    {
        var watch = new NotifyWatch(session, asked);
        if (!watch._groups.Any(group => group.Scope is not (NotifyScope.Selected or NotifyScope.SelectedDelayed))) return watch;
        // Before they are read: what happens from now on is heard of.
        watch.Listen([session.Caller!.Person]);
        var tree = await watch.Read();
        watch._known = tree;
        foreach (var account in watch.WatchedForMetadata()) watch._annotated[account] = (await session.Server.Annotations.Since(session.Caller!, account, new Sequence(long.MaxValue), session.Cancellation)).State;
        if (!asked.WantsStatus) return watch;
        foreach (var name in tree.Values.OrderBy(name => name.Path, StringComparer.Ordinal))
        {
            if (watch.EventsOf(name).HasFlag(NotifyEvents.MessageNew)) await watch.WriteStatus(name);
            await session.Channel.FlushSome();
        }

        return watch;
    }

    /// <summary>Waits until something may have changed.</summary>
    public IEnumerable<Task> WhenChanged(CancellationToken cancellation) => _feeds.Select(feed => (Task)feed.Changes.WaitToReadAsync(cancellation).AsTask());

    /// <summary>Tells what changed since the last time.</summary>
    public async ValueTask Tell()
    {
        if (!TakeChanged()) return;
        var (before, now) = (_known, await Read());
        _known = now;
        foreach (var (id, old) in before)
            if (!now.ContainsKey(id) && EventsOf(old).HasFlag(NotifyEvents.MailboxName))
                _session.Out.Raw("* LIST (\\NonExistent) \"/\" "u8).Mailbox(old.Path).Line();
        foreach (var (id, name) in now.OrderBy(each => each.Value.Path, StringComparer.Ordinal))
        {
            await Tell(before.GetValueOrDefault(id), name);
            await _session.Channel.FlushSome();
        }

        await TellMetadata();
    }

    public void Dispose()
    {
        foreach (var feed in _feeds) feed.Dispose();
    }

    /// <summary>RFC 5465 §5.6, §5.7: which annotations changed, for whoever asks for them.</summary>
    async ValueTask TellMetadata()
    {
        foreach (var account in WatchedForMetadata())
        {
            var (changed, state) = await _session.Server.Annotations.Since(_session.Caller!, account, _annotated.GetValueOrDefault(account), _session.Cancellation);
            _annotated[account] = state;
            foreach (var of in changed.GroupBy(annotation => annotation.Mailbox))
            {
                if (of.Key == 0 ? !_groups.Any(group => group.Events.HasFlag(NotifyEvents.ServerMetadataChange)) : !_known.TryGetValue(of.Key, out var name) || !EventsOf(name).HasFlag(NotifyEvents.MailboxMetadataChange)) continue;
                MetadataWriter.Names(_session.Out, of.Key == 0 ? "" : _known[of.Key].Path, of.Select(annotation => annotation.Entry).Distinct());
            }
        }
    }

    List<AccountId> WatchedForMetadata() =>
        _groups.Any(group => (group.Events & (NotifyEvents.MailboxMetadataChange | NotifyEvents.ServerMetadataChange)) != 0) ? [.. _accounts] : [];

    static bool MayBeOfOthers(string path) => path.Length == 0 || MailboxTree.IsOfOthers(path + "/");

    async ValueTask Tell(MailboxName? before, MailboxName now)
    {
        var events = EventsOf(now);
        var (old, mailbox) = (before?.Mailbox, now.Mailbox!);
        var isOther = before?.Path != now.Path;
        if (isOther && (events | (before is null ? NotifyEvents.None : EventsOf(before))).HasFlag(NotifyEvents.MailboxName)) List.Write(_session, now, before?.Path);
        else if (old is not null && old.IsSubscribed != mailbox.IsSubscribed && events.HasFlag(NotifyEvents.SubscriptionChange)) List.Write(_session, now, null);
        var (came, went) = (old?.UidNext != mailbox.UidNext, old?.TotalEmails != mailbox.TotalEmails);
        var flags = old?.HighestModSeq != mailbox.HighestModSeq && events.HasFlag(NotifyEvents.FlagChange);
        if (events.HasFlag(NotifyEvents.MessageNew) && (came || went || flags) && (old is not null || mailbox.TotalEmails > 0)) await WriteStatus(now);
    }

    ValueTask WriteStatus(MailboxName name) => Status.Write(_session, name, _session.IsCondstore ? Items | StatusItems.HighestModSeq : Items);

    /// <summary>What is told of a mailbox: the first part that is of it and says something of an event decides (RFC 5465 §6).</summary>
    NotifyEvents EventsOf(MailboxName name)
    {
        var events = NotifyEvents.None;
        foreach (var group in _groups)
        {
            if (!IsOf(group, name)) continue;
            if (group.Events == NotifyEvents.None) break;
            events |= group.Events;
        }

        // The messages of the selected mailbox are told as those of a selected mailbox, or not at all.
        return _session.Selected?.Id == name.Mailbox!.Id ? events & ~NotifyEvents.OfMessages : events;
    }

    static bool IsOf(NotifyGroup group, MailboxName name) => group.Scope switch
    {
        NotifyScope.Inboxes => name.Path == "INBOX",
        NotifyScope.Personal => !MailboxTree.IsOfOthers(name.Path),
        NotifyScope.Subscribed => name.Mailbox!.IsSubscribed,
        NotifyScope.Subtree => group.Mailboxes.Any(root => root.Length == 0 || name.Path == root || name.Path.StartsWith(root + "/", StringComparison.Ordinal)),
        NotifyScope.Mailboxes => group.Mailboxes.Contains(name.Path),
        _ => false,
    };

    bool TakeChanged()
    {
        var changed = false;
        foreach (var feed in _feeds)
        {
            changed |= feed.TakeOverflow();
            while (feed.Changes.TryRead(out var change)) changed |= change.Types.Count == 0 || change.Types.Contains(MailTypes.Email) || change.Types.Contains(MailTypes.Mailbox) || change.Types.Contains(MailTypes.MailboxAnnotation);
        }

        return changed;
    }

    async ValueTask<Dictionary<long, MailboxName>> Read()
    {
        var names = (await MailboxTree.Of(_session, _withOthers)).Names.Where(name => name.Mailbox is not null).ToDictionary(name => name.Mailbox!.Id);
        Listen(names.Values.Select(name => name.Account!.Value));
        return names;
    }

    void Listen(IEnumerable<AccountId> accounts)
    {
        foreach (var account in accounts)
            if (_accounts.Add(account))
                _feeds.Add(_session.Server.Feed.Subscribe(account));
    }
}
