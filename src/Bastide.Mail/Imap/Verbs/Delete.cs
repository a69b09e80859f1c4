namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>DELETE</c>. State: signed in. RFC 9051 §6.3.5.</summary>
static class Delete
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var path = command.Arguments.Mailbox(session.Out.Utf8);
        command.Arguments.ExpectEnd();
        if (await MailboxTree.Find(session, path) is not { Account: { } account, Mailbox: { } mailbox })
        {
            await session.No(command, "[NONEXISTENT] There is no such mailbox");
            return;
        }

        var outcome = await session.Server.Mailboxes.Set(session.Caller!, account, new MailboxSet { Destroy = [mailbox.Id], OnDestroyRemoveEmails = true }, session.Cancellation);
        if ((outcome.Refused ?? outcome.NotDestroyed.Values.FirstOrDefault()) is { } refusal)
        {
            await session.No(command, refusal);
            return;
        }

        if (session.Selected?.Id == mailbox.Id) session.Deselect();
        await session.Ok(command, "DELETE completed");
    }
}
