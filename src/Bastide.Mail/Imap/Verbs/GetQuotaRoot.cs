namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>GETQUOTAROOT</c>: the quota that a mailbox counts for, with its figures. State: signed in. RFC 9208 §4.1.2.</summary>
static class GetQuotaRoot
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var path = command.Arguments.Mailbox(session.Out.Utf8);
        command.Arguments.ExpectEnd();
        if (await MailboxTree.Find(session, path) is not { Account: { } account } name)
        {
            await session.No(command, "[NONEXISTENT] There is no such mailbox");
            return;
        }

        var root = MailboxTree.IsOfOthers(name.Path) ? string.Join('/', name.Path.Split('/')[..2]) : "";
        var (bound, _) = await GetQuota.Figures(session, account);
        session.Out.Raw("* QUOTAROOT "u8).Mailbox(name.Path);
        if (bound is not null) session.Out.Space().String(root);
        session.Out.Line();
        if (bound is not null) await GetQuota.Write(session, root, account);
        await session.Ok(command, "GETQUOTAROOT completed");
    }
}
