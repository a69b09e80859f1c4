namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>MOVE</c> and <c>UID MOVE</c>. State: selected. RFC 9051 §6.4.8.</summary>
static class Move
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var (uids, target) = Copy.Read(session, command);
        if (session.Selected!.IsReadOnly)
        {
            await session.No(command, "[READ-ONLY] The mailbox is open for reading");
            return;
        }

        if (await Copy.Run(session, command, uids, target, move: true) is not { } moved) return;
        // Before what is gone is told, so that the client knows where it went (RFC 6851 §4.3).
        if (moved.Uids.Count > 0) session.Out.Text($"* OK {Copy.Code(moved)}Moved").Line();
        await Expunge.Told(session, command, "MOVE completed");
    }
}
