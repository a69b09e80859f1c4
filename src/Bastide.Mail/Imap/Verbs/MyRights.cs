namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>MYRIGHTS</c>: what one may do oneself. State: signed in. RFC 4314 §3.5.</summary>
static class MyRights
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var path = command.Arguments.Mailbox(session.Out.Utf8);
        command.Arguments.ExpectEnd();
        if (await MailboxTree.Find(session, path) is not { Mailbox: { } mailbox } name)
        {
            await session.No(command, "[NONEXISTENT] There is no such mailbox");
            return;
        }

        session.Out.Raw("* MYRIGHTS "u8).Mailbox(name.Path).Space().Text(AclRights.Of(mailbox.MyRights)).Line();
        await session.Ok(command, "MYRIGHTS completed");
    }
}
