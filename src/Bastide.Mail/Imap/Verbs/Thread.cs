using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>THREAD</c> and <c>UID THREAD</c>. State: selected. RFC 5256 §3.</summary>
static class Thread
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var (algorithm, asked) = ThreadArguments.Parse(command.Arguments);
        var mailbox = session.Selected!;
        command.NamesNumbers = asked.UsesNumbers;
        if (asked.UsesModSeq) session.BeginCondstore();
        if (!await Search.IsCharsetKnown(session, command, asked)) return;
        var found = (await SearchRun.Find(session, mailbox, asked.Key)).ConvertAll(place => place.Uid);
        var threads = await ThreadRun.Thread(session, mailbox, algorithm, found, command.IsUid);
        session.Out.Raw("* THREAD"u8);
        if (threads.Count > 0) ThreadWriter.Write(session.Out.Space(), threads);
        session.Out.Line();
        await session.Ok(command, "THREAD completed");
    }
}
