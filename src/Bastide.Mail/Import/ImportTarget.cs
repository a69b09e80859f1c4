using Bastide.Mail.Mime;
using Bastide.Platform.Accounts;

namespace Bastide.Mail.Import;

/// <summary>The mailboxes an import puts messages into, made where they are missing; those with the usual names are the account's own.</summary>
sealed class ImportTarget(Mailboxes mailboxes, AccountId account)
{
    static readonly Dictionary<string, string> RoleOfName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["inbox"] = MailboxRoles.Inbox,
        ["sent"] = MailboxRoles.Sent,
        ["sent items"] = MailboxRoles.Sent,
        ["sent messages"] = MailboxRoles.Sent,
        ["sent mail"] = MailboxRoles.Sent,
        ["drafts"] = MailboxRoles.Drafts,
        ["draft"] = MailboxRoles.Drafts,
        ["trash"] = MailboxRoles.Trash,
        ["deleted items"] = MailboxRoles.Trash,
        ["deleted messages"] = MailboxRoles.Trash,
        ["junk"] = MailboxRoles.Junk,
        ["spam"] = MailboxRoles.Junk,
        ["junk e-mail"] = MailboxRoles.Junk,
        ["archive"] = MailboxRoles.Archive,
        ["archives"] = MailboxRoles.Archive,
        ["all mail"] = MailboxRoles.Archive,
    };

    readonly Dictionary<string, long> _known = [];

    /// <summary>Whose rights it has: the owner's own, an import does nothing they could not.</summary>
    public Caller Owner { get; } = new(account, "", 0, Caller.AllScopes);

    /// <summary>What tells one path from another.</summary>
    public static string Key(IReadOnlyList<string> path) => string.Join('\n', path);

    /// <summary>The mailbox of a path, made when it is missing. Throws <see cref="IOException"/> when it cannot be.</summary>
    public async ValueTask<long> MailboxOf(IReadOnlyList<string> path, CancellationToken cancellation)
    {
        var key = Key(path);
        if (_known.TryGetValue(key, out var known)) return known;
        var all = (await mailboxes.Get(Owner, account, null, cancellation)).Found;
        long? parent = null;
        for (var depth = 0; depth < Math.Min(path.Count, Mailboxes.MaxDepth); depth++)
        {
            var name = Clean(path[depth]);
            var role = depth == 0 ? RoleOfName.GetValueOrDefault(name) : null;
            var found = all.FirstOrDefault(mailbox => role is not null && mailbox.Role == role) ?? all.FirstOrDefault(mailbox => mailbox.ParentId == parent && mailbox.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            parent = found?.Id ?? await Make(name, parent, cancellation);
        }

        return _known[key] = parent ?? all.First(mailbox => mailbox.Role == MailboxRoles.Inbox).Id;
    }

    async ValueTask<long> Make(string name, long? parent, CancellationToken cancellation)
    {
        var create = new Dictionary<string, MailboxCreate> { ["k"] = new() { Name = name, ParentId = parent } };
        var outcome = await mailboxes.Set(Owner, account, new MailboxSet { Create = create }, cancellation);
        return outcome.Created.TryGetValue("k", out var made)
            ? made.Id
            : throw new IOException($"The mailbox {name} cannot be made: {outcome.NotCreated.GetValueOrDefault("k")?.Description ?? outcome.Refused?.Description}");
    }

    static string Clean(string name)
    {
        var clean = new string([.. name.Where(c => !char.IsControl(c))]).Trim();
        return clean.Length == 0 ? "Imported" : MimeBounds.Head(clean, 80);
    }
}
