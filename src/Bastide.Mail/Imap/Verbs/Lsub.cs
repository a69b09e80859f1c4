using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>LSUB</c>: the names one is subscribed to. State: signed in. RFC 3501 §6.3.9.</summary>
static class Lsub
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var asked = ListArguments.Parse(command.Arguments, session.Out.Utf8);
        if (asked.IsExtended) throw new ImapSyntaxException("LSUB takes a reference and one pattern");
        var tree = await MailboxTree.Of(session, withOthers: true);
        var pattern = new ListPattern(List.Canonical(asked.Reference + asked.Patterns[0]));
        var subscribed = tree.Names.Where(name => name.Mailbox is { IsSubscribed: true }).Select(name => (name.Path, IsTold: pattern.Matches(name.Path))).ToList();
        foreach (var name in tree.Names)
        {
            if (!pattern.Matches(name.Path)) continue;
            if (name.Mailbox is { IsSubscribed: true }) session.Out.Raw("* LSUB () \"/\" "u8).Mailbox(name.Path).Line();
            // It stands for those below it that "%" does not reach.
            else if (subscribed.Exists(other => !other.IsTold && other.Path.StartsWith(name.Path + "/", StringComparison.Ordinal)))
                session.Out.Raw("* LSUB (\\Noselect) \"/\" "u8).Mailbox(name.Path).Line();
        }

        await session.Ok(command, "LSUB completed");
    }
}
