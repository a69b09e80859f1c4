using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>LSUB</c>: the names one is subscribed to. State: signed in. RFC 3501 §6.3.9.</summary>
static class Lsub
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var asked = ListArguments.Parse(command.Arguments, session.Out.Utf8);
        var tree = await MailboxTree.Of(session, withOthers: true);
        List<ListPattern> patterns = [.. asked.Patterns.Select(pattern => new ListPattern(List.Canonical(asked.Reference + pattern)))];
        foreach (var name in tree.Names)
        {
            if (!patterns.Exists(pattern => pattern.Matches(name.Path))) continue;
            if (name.Mailbox is { IsSubscribed: true }) session.Out.Raw("* LSUB () \"/\" "u8).Mailbox(name.Path).Line();
            else if (tree.Names.Any(other => other.Mailbox is { IsSubscribed: true } && other.Path.StartsWith(name.Path + "/", StringComparison.Ordinal)))
                session.Out.Raw("* LSUB (\\Noselect) \"/\" "u8).Mailbox(name.Path).Line();
        }

        await session.Ok(command, "LSUB completed");
    }
}
