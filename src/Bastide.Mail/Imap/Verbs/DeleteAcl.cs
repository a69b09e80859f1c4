namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>DELETEACL</c>: takes everything away from somebody. State: signed in. RFC 4314 §3.2.</summary>
static class DeleteAcl
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var path = command.Arguments.Mailbox(session.Out.Utf8);
        command.Arguments.Space();
        var identifier = command.Arguments.AString();
        command.Arguments.ExpectEnd();
        if (await MailboxTree.Find(session, path) is not { Account: { } account, Mailbox: { } mailbox })
        {
            await session.No(command, "[NONEXISTENT] There is no such mailbox");
            return;
        }

        if (await AclIdentifier.Find(session, command, identifier) is not { } person) return;
        if (await session.Server.Shares.Set(session.Caller!, account, mailbox.Id, person.Account, static _ => Platform.Accounts.Rights.None, session.Cancellation) is { } refused) await session.No(command, refused);
        else await session.Ok(command, "DELETEACL completed");
    }
}
