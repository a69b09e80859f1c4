namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>CLOSE</c>: removes what is marked as deleted without telling, and leaves the mailbox. State: selected. RFC 9051 §6.4.1.</summary>
static class Close
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        command.Arguments.ExpectEnd();
        var mailbox = session.Selected!;
        // Who may not remove messages leaves them (RFC 4314 §4).
        if (!mailbox.IsReadOnly && mailbox.Rights.HasFlag(Platform.Accounts.Rights.Delete) && await Expunge.Remove(session, mailbox, null) is { } refusal)
        {
            await session.No(command, refusal);
            return;
        }

        session.Deselect();
        await session.Ok(command, "CLOSE completed");
    }
}
