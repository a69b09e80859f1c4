namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>EXPUNGE</c>: removes what is marked as deleted. State: selected. RFC 9051 §6.4.3.</summary>
static class Expunge
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        command.Arguments.ExpectEnd();
        await Serve(session, command, null);
    }

    /// <summary>Serves it for these UIDs, or for all when null.</summary>
    public static async ValueTask Serve(ImapSession session, ImapCommand command, IReadOnlyCollection<uint>? uids)
    {
        var mailbox = session.Selected!;
        if (mailbox.IsReadOnly) await session.No(command, "[READ-ONLY] The mailbox is open for reading");
        else if (await Remove(session, mailbox, uids) is { } refusal) await session.No(command, refusal);
        else await Told(session, command, "EXPUNGE completed");
    }

    /// <summary>Removes them; answers why it could not.</summary>
    public static async ValueTask<MailError?> Remove(ImapSession session, SelectedMailbox mailbox, IReadOnlyCollection<uint>? uids)
    {
        var deleted = (await session.Server.MailboxMessages.View(mailbox.Account, mailbox.Id, session.Cancellation))?.Deleted() ?? [];
        if (uids is not null) deleted = [.. deleted.Intersect(uids)];
        foreach (var chunk in deleted.Chunk(MailboxMessages.MostAtOnce))
            if ((await session.Server.MailboxMessages.Expunge(session.Caller!, mailbox.Account, mailbox.Id, chunk, session.Cancellation)).Refused is { } refusal)
                return refusal;
        return null;
    }

    /// <summary>Tells what is gone, and that the command is done, with the modification sequence (RFC 7162 §3.2.7, RFC 6851 §4.4).</summary>
    public static async ValueTask Told(ImapSession session, ImapCommand command, string text)
    {
        await session.SyncAfter(command);
        await session.Ok(command, session.IsCondstore && session.Selected is { } mailbox ? $"[HIGHESTMODSEQ {mailbox.Settled}] {text}" : text);
    }
}
