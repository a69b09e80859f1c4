using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>
/// Keeps the counts of mailboxes true: knows the threads a transaction touches as they were, is told what happens to
/// them, and says by how much each mailbox's counts change. Whoever changes a message loads its thread here first.
/// </summary>
sealed class CountLedger(long trash)
{
    static readonly Sql SelectMembers = new("""
        SELECT m.thread_id, m.id, mm.mailbox_id, m.flags
        FROM messages m JOIN message_mailboxes mm ON mm.message_id = m.id
        WHERE m.thread_id {any $1}
        """);

    readonly Dictionary<long, Dictionary<long, Member>> _threads = [];
    readonly Dictionary<long, MailboxCounts> _before = [];

    /// <summary>Reads those of the threads that are not known yet.</summary>
    public async ValueTask Load(ReadScope scope, IEnumerable<long> threads)
    {
        var wanted = threads.Where(thread => _threads.TryAdd(thread, [])).Distinct().ToArray();
        if (wanted.Length == 0) return;
        foreach (var row in await scope.List(SelectMembers, row => (Thread: row.Long(0), Message: row.Long(1), Mailbox: row.Long(2), Flags: (MessageFlags)row.Long(3)), wanted))
        {
            var members = _threads[row.Thread];
            if (members.TryGetValue(row.Message, out var member)) member.Mailboxes.Add(row.Mailbox);
            else members[row.Message] = new Member([row.Mailbox], row.Flags);
        }

        foreach (var thread in wanted) Contribute(_threads[thread].Values, _before);
    }

    /// <summary>Begins a thread that nothing was in before.</summary>
    public void Begin(long thread) => _threads.TryAdd(thread, []);

    /// <summary>The messages of a thread as they are now, in no order.</summary>
    public IReadOnlyCollection<long> MessagesOf(long thread) => _threads[thread].Keys;

    /// <summary>Notes how a message is now.</summary>
    public void Put(long thread, long message, IEnumerable<long> mailboxes, MessageFlags flags) =>
        _threads[thread][message] = new Member([.. mailboxes], flags);

    /// <summary>Notes that a message went.</summary>
    public void Remove(long thread, long message) => _threads[thread].Remove(message);

    /// <summary>Notes that a message is now in another thread under another number.</summary>
    public void Move(long thread, long message, long toThread, long asMessage)
    {
        if (_threads[thread].Remove(message, out var member)) _threads[toThread][asMessage] = member;
    }

    /// <summary>By how much the counts of each mailbox changed.</summary>
    public Dictionary<long, MailboxCounts> Differences()
    {
        var after = new Dictionary<long, MailboxCounts>();
        foreach (var members in _threads.Values) Contribute(members.Values, after);
        foreach (var (mailbox, before) in _before) after[mailbox] = after.GetValueOrDefault(mailbox) - before;
        return after.Where(change => !change.Value.IsZero).ToDictionary();
    }

    void Contribute(IReadOnlyCollection<Member> members, Dictionary<long, MailboxCounts> counts)
    {
        var unreadOutside = members.Any(m => m.Flags.IsUnread() && !m.IsOnlyIn(trash));
        var unreadInTrash = members.Any(m => m.Flags.IsUnread() && m.Mailboxes.Contains(trash));
        foreach (var mailbox in members.SelectMany(m => m.Mailboxes).Distinct())
        {
            var here = members.Where(m => m.Mailboxes.Contains(mailbox)).ToList();
            var isUnread = mailbox == trash ? unreadInTrash : unreadOutside;
            counts[mailbox] = counts.GetValueOrDefault(mailbox)
                + new MailboxCounts(here.Count, here.Count(m => m.Flags.IsUnread()), 1, isUnread ? 1 : 0);
        }
    }

    sealed record Member(List<long> Mailboxes, MessageFlags Flags)
    {
        public bool IsOnlyIn(long mailbox) => Mailboxes.Count == 1 && Mailboxes[0] == mailbox;
    }
}
