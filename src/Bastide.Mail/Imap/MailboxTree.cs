using System.Text;
using Bastide.Platform.Accounts;

namespace Bastide.Mail.Imap;

/// <summary>
/// The names of the mailboxes a person reaches: their own, those of teams below <c>Teams/</c>, and what other people share
/// with them below <c>Users/</c> (RFC 2342). The inbox is <c>INBOX</c> in one's own account.
/// </summary>
sealed class MailboxTree
{
    /// <summary>Where the mailboxes of teams are.</summary>
    public const string Teams = "Teams/";

    /// <summary>Where other people's mailboxes are.</summary>
    public const string Users = "Users/";

    // A name that people see may hold the delimiter; it is shown as the sign that looks like it.
    const char DelimiterLookalike = '\u2215';

    readonly Dictionary<string, MailboxName> _names = new(StringComparer.Ordinal);

    /// <summary>The names in their order.</summary>
    public IEnumerable<MailboxName> Names => _names.Values.OrderBy(name => name.Path == "INBOX" ? 0 : 1).ThenBy(name => name.Path, StringComparer.Ordinal);

    /// <summary>Reads them. Other accounts are read only where names of theirs are asked for.</summary>
    public static async ValueTask<MailboxTree> Of(ImapSession session, bool withOthers)
    {
        var tree = new MailboxTree();
        var caller = session.Caller!;
        var (own, _) = await session.Server.Mailboxes.Get(caller, caller.Person, null, session.Cancellation);
        tree.Add("", caller.Person, own);
        if (!withOthers) return tree;
        var reachable = await session.Server.Database.Read(scope => Access.Reachable(scope, caller), session.Cancellation);
        foreach (var (account, _) in reachable)
        {
            var (found, _) = await session.Server.Mailboxes.Get(caller, account.Id, null, session.Cancellation);
            if (found.Count == 0) continue;
            tree.Add((account.Kind == AccountKind.Team ? Teams : Users) + Level(account.Name) + "/", account.Id, found);
        }

        return tree;
    }

    /// <summary>Whether a name, or a pattern for names, may be of another account.</summary>
    public static bool IsOfOthers(string path) =>
        path.StartsWith(Teams, StringComparison.Ordinal) || path.StartsWith(Users, StringComparison.Ordinal);

    /// <summary>The mailbox of this name, or null.</summary>
    public static async ValueTask<MailboxName?> Find(ImapSession session, string path) => (await Of(session, IsOfOthers(path))).Find(path);

    /// <summary>The name, or null. What is written in another normal form of Unicode is the same name (RFC 9051 §5.1).</summary>
    public MailboxName? Find(string path) => FindExactly(path) ?? (Composed(path) is var composed && composed != path ? FindExactly(composed) : null);

    /// <summary>The account in which a name is to be made, what is there already of the levels before it, and the names of those to be made, one below the other.</summary>
    public (AccountId Account, MailboxName? Parent, IReadOnlyList<string> Missing)? Place(string path, AccountId person)
    {
        var levels = path.TrimEnd('/').Split('/');
        var (root, skip) = (person, 0);
        if (IsOfOthers(levels[0] + "/"))
        {
            if (levels.Length < 3 || Find(string.Join('/', levels[..2])) is not { Account: { } account }) return null;
            (root, skip) = (account, 2);
        }

        MailboxName? parent = null;
        for (var depth = levels.Length; depth > skip; depth--)
        {
            if (Find(string.Join('/', levels[..depth])) is not { Mailbox: not null } found) continue;
            parent = found;
            skip = depth;
            break;
        }

        return (root, parent, [.. levels[skip..]]);
    }

    /// <summary>A level of a name as a mailbox is called.</summary>
    public static string NameOf(string level) => level.Replace(DelimiterLookalike, '/');

    /// <summary>A name in the normal form in which mailboxes are named (Net-Unicode, RFC 5198).</summary>
    public static string Composed(string path)
    {
        try
        {
            return path.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: no mailbox is called so.
            return path;
        }
    }

    static string Level(string name) => name.Replace('/', DelimiterLookalike);

    void Add(string root, AccountId account, IReadOnlyList<Mailbox> mailboxes)
    {
        if (root.Length > 0)
        {
            var top = root[..root.IndexOf('/', StringComparison.Ordinal)];
            _names.TryAdd(top, new MailboxName(top, null, null) { HasChildren = true });
            _names[root[..^1]] = new MailboxName(root[..^1], account, null) { HasChildren = true };
        }

        var byId = mailboxes.ToDictionary(mailbox => mailbox.Id);
        foreach (var mailbox in mailboxes) _names[Path(root, mailbox, byId)] = new MailboxName(Path(root, mailbox, byId), account, mailbox);
        foreach (var mailbox in mailboxes)
            if (mailbox.MyRights.HasFlag(Rights.Lookup) && mailbox.ParentId is { } parent && byId.TryGetValue(parent, out var above))
                _names[Path(root, above, byId)].HasChildren = true;
    }

    static string Path(string root, Mailbox mailbox, Dictionary<long, Mailbox> byId)
    {
        if (mailbox.Role == MailboxRoles.Inbox) return root + "INBOX";
        var name = Level(mailbox.Name);
        return mailbox.ParentId is { } parent && byId.TryGetValue(parent, out var above) ? $"{Path(root, above, byId)}/{name}" : root + name;
    }

    MailboxName? FindExactly(string path) => _names.GetValueOrDefault(path.TrimEnd('/')) ?? FindInbox(path);

    /// <summary><c>inbox/…</c> in any case is below the inbox (RFC 9051 §5.1).</summary>
    MailboxName? FindInbox(string path) =>
        path.StartsWith("inbox/", StringComparison.OrdinalIgnoreCase) ? _names.GetValueOrDefault("INBOX" + path.TrimEnd('/')[5..]) : null;
}
