namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>LISTRIGHTS</c>: which rights can be given to somebody, those that are tied together. State: signed in. RFC 4314 §3.4.</summary>
static class ListRights
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var path = command.Arguments.Mailbox(session.Out.Utf8);
        command.Arguments.Space();
        var identifier = command.Arguments.AString();
        command.Arguments.ExpectEnd();
        if (await MailboxTree.Find(session, path) is not { Account: { } account, Mailbox: { } mailbox } name)
        {
            await session.No(command, "[NONEXISTENT] There is no such mailbox");
            return;
        }

        // Who may not know who uses the mailbox is not told whom it can be shared with either.
        var (_, refused) = await session.Server.Shares.Get(session.Caller!, account, mailbox.Id, session.Cancellation);
        if (refused is not null)
        {
            await session.No(command, refused);
            return;
        }

        if (await AclIdentifier.Find(session, command, identifier) is not { } person) return;
        var always = await session.Server.Shares.Whole(account, person.Account, session.Cancellation);
        session.Out.Raw("* LISTRIGHTS "u8).Mailbox(name.Path).Space().AString(identifier).Space().AString(AclRights.Of(always));
        foreach (var group in AclRights.Tied(~always)) session.Out.Space().Text(group);
        session.Out.Line();
        await session.Ok(command, "LISTRIGHTS completed");
    }
}
