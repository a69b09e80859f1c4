namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>GETACL</c>: who may do what. State: signed in. RFC 4314 §3.3.</summary>
static class GetAcl
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var path = command.Arguments.Mailbox(session.Out.Utf8);
        command.Arguments.ExpectEnd();
        if (await MailboxTree.Find(session, path) is not { Account: { } account, Mailbox: { } mailbox } name)
        {
            await session.No(command, "[NONEXISTENT] There is no such mailbox");
            return;
        }

        var (shares, refused) = await session.Server.Shares.Get(session.Caller!, account, mailbox.Id, session.Cancellation);
        if (refused is not null)
        {
            await session.No(command, refused);
            return;
        }

        session.Out.Raw("* ACL "u8).Mailbox(name.Path);
        foreach (var share in shares) session.Out.Space().AString(share.Address).Space().Text(AclRights.Of(share.Rights));
        session.Out.Line();
        await session.Ok(command, "GETACL completed");
    }
}
