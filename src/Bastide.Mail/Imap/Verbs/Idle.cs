using System.Text;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>IDLE</c>: tells what happens as it happens, until the client says DONE. State: signed in. RFC 9051 §6.3.13.</summary>
static class Idle
{
    const int LongestDone = 100;

    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        command.Arguments.ExpectEnd();
        session.Out.Raw("+ idling\r\n"u8);
        await session.Channel.Flush();
        var done = session.Channel.ReadLine(LongestDone, session.Server.Limits.Idle).AsTask();
        await session.TellUntil(done, mayExpunge: true);
        if (session.IsClosed) return;
        if (await done is not { } line) session.Hang();
        else if (!Encoding.ASCII.GetString(line).Equals("DONE", StringComparison.OrdinalIgnoreCase)) await session.Bad(command.Tag, "IDLE ends with DONE");
        else await session.Ok(command, "IDLE completed");
    }
}
