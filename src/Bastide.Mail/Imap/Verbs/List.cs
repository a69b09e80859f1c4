using Bastide.Platform.Accounts;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>LIST</c>. State: signed in. RFC 9051 §6.3.9; RFC 5258; RFC 5819; RFC 6154; RFC 8440; RFC 9590.</summary>
static class List
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var asked = ListArguments.Parse(command.Arguments, session.Out.Utf8);
        if (asked is { IsExtended: false, Patterns: [""] })
        {
            // Asks for the delimiter and the root of the reference.
            session.Out.Raw("* LIST (\\Noselect) \"/\" \"\"\r\n"u8);
            await session.Ok(command, "LIST completed");
            return;
        }

        var tree = await MailboxTree.Of(session, withOthers: true);
        List<ListPattern> patterns = [.. asked.Patterns.Where(pattern => pattern.Length > 0).Select(pattern => new ListPattern(Canonical(asked.Reference + pattern)))];
        List<MailboxName> names = [.. tree.Names.Where(name => name.Mailbox?.MyRights.HasFlag(Rights.Lookup) != false)];
        var matching = names.FindAll(name => patterns.Exists(pattern => pattern.Matches(name.Path)));
        // What is below a name counts for it, whether or not the patterns are of it (RFC 9051 §6.3.9.6).
        List<(MailboxName Name, bool IsTold)> wanted = asked.IsRecursive ? names.FindAll(name => IsWanted(asked, name)).ConvertAll(name => (name, matching.Contains(name))) : [];
        var metadata = new Dictionary<AccountId, ILookup<long, Annotation>>();
        foreach (var name in matching)
        {
            var isWanted = IsWanted(asked, name);
            var below = wanted.FindAll(other => other.Name.Path.StartsWith(name.Path + "/", StringComparison.Ordinal));
            // Of a name that is not wanted itself nothing is told that those below it tell.
            if (!isWanted && below.TrueForAll(other => other.IsTold)) continue;
            Write(session, asked, name, below.Count > 0);
            if (asked.ReturnsStatus != StatusItems.None && name.Mailbox is { } counted && counted.MyRights.HasFlag(Rights.Read) && isWanted) await Status.Write(session, name, asked.ReturnsStatus);
            if (asked.ReturnsMetadata.Count > 0 && isWanted && name is { Account: { } account, Mailbox: { } annotated }) await WriteMetadata(session, asked, name.Path, annotated.Id, account, metadata);
            await session.Channel.FlushSome();
        }

        await session.Ok(command, "LIST completed");
    }

    /// <summary>RFC 9590 §3: every entry that was named, NIL where it is not there.</summary>
    static async ValueTask WriteMetadata(ImapSession session, ListArguments asked, string path, long mailbox, AccountId account, Dictionary<AccountId, ILookup<long, Annotation>> known)
    {
        string[] entries = [.. asked.ReturnsMetadata.Select(entry => entry.Name).Distinct()];
        if (!known.TryGetValue(account, out var values))
            known[account] = values = (await session.Server.Annotations.GetAll(session.Caller!, account, entries, session.Cancellation)).ToLookup(each => each.Mailbox);
        var own = values[mailbox].ToDictionary(each => each.Entry, each => each.Value);
        MetadataWriter.Values(session.Out, path, entries.Select(entry => (entry, own.GetValueOrDefault(entry))));
    }

    /// <summary>A pattern that begins with the inbox in any case is of the inbox.</summary>
    public static string Canonical(string pattern) =>
        pattern.Equals("INBOX", StringComparison.OrdinalIgnoreCase) || pattern.StartsWith("INBOX/", StringComparison.OrdinalIgnoreCase) ? "INBOX" + pattern[5..] : pattern;

    static bool IsWanted(ListArguments asked, MailboxName name) =>
        (!asked.SelectsSubscribed || name.Mailbox is { IsSubscribed: true }) && (!asked.SelectsSpecialUse || name.Use is not null);

    /// <summary>Tells of a name as it is, and what it was called before or by whoever asked (RFC 9051 §6.3.9.7).</summary>
    public static void Write(ImapSession session, MailboxName name, string? oldName)
    {
        session.Out.Raw("* LIST "u8).Flags(name.Attributes(withSubscription: true)).Raw(" \"/\" "u8).Mailbox(name.Path);
        if (oldName is not null) session.Out.Raw(" (\"OLDNAME\" ("u8).Mailbox(oldName).Raw("))"u8);
        session.Out.Line();
    }

    static void Write(ImapSession session, ListArguments asked, MailboxName name, bool below)
    {
        session.Out.Raw("* LIST "u8).Flags(name.Attributes(asked.ReturnsSubscribed)).Raw(" \"/\" "u8).Mailbox(name.Path);
        if (below) session.Out.Raw(" (\"CHILDINFO\" (\"SUBSCRIBED\"))"u8);
        session.Out.Line();
        if (asked.ReturnsRights && name.Mailbox is { } mailbox) session.Out.Raw("* MYRIGHTS "u8).Mailbox(name.Path).Space().Text(AclRights.Of(mailbox.MyRights)).Line();
    }
}
