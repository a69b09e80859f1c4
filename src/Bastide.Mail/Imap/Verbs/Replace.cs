namespace Bastide.Mail.Imap.Verbs;

/// <summary>
/// <c>REPLACE</c> and <c>UID REPLACE</c>: a message comes in the place of another, at once or not at all. State: selected.
/// RFC 8508.
/// </summary>
static class Replace
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var mailbox = session.Selected!;
        var number = command.Arguments.NonZeroNumber();
        command.Arguments.Space();
        if (!command.IsUid && number > mailbox.Uids.Count)
        {
            await session.Bad(command.Tag, $"There is no message {number}");
            return;
        }

        var uid = command.IsUid ? number : mailbox.Uids[(int)number - 1];
        var reader = new AppendReader(session, command.Arguments);
        var name = await MailboxTree.Find(session, await reader.Mailbox());
        // §3.1: refused before the octets come, where that is known.
        var refusal = mailbox.IsReadOnly ? "[READ-ONLY] The mailbox is open for reading"
            : mailbox.NumberOf(uid) == 0 ? "[NONEXISTENT] There is no such message"
            : name is not { Mailbox: not null } ? "[TRYCREATE] There is no such mailbox" : null;
        if (refusal is null && await reader.Message() is { } item)
        {
            reader.Arguments.ExpectEnd();
            await Serve(session, command, uid, name!, item);
            return;
        }

        await session.No(command, refusal ?? reader.Refusal);
    }

    static async ValueTask Serve(ImapSession session, ImapCommand command, uint uid, MailboxName name, AppendItem item)
    {
        var mailbox = session.Selected!;
        var outcome = await session.Server.MailboxMessages.Replace(session.Caller!, mailbox.Account, mailbox.Id, uid, name.Account!.Value, name.Mailbox!.Id, item, session.Cancellation);
        if (outcome.Refused is { } error)
        {
            await session.No(command, error, "TRYCREATE");
            return;
        }

        // §4.3: before what is gone is told.
        session.Out.Text($"* OK {Append.Code(name.Mailbox, outcome)}The message is there").Line();
        await Expunge.Told(session, command, "REPLACE completed");
    }
}
