using System.Text;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>IDLE</c>: tells what happens as it happens, until the client says DONE. State: signed in. RFC 9051 §6.3.13.</summary>
static class Idle
{
    const int LongestDone = 100;

    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        command.Arguments.ExpectEnd();
        await session.Sync(mayExpunge: true);
        session.Out.Raw("+ idling\r\n"u8);
        await session.Channel.Flush();
        var done = session.Channel.ReadLine(LongestDone, session.Server.Limits.Idle).AsTask();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(session.Cancellation);
        try
        {
            while (!done.IsCompleted && session.Selected is { } mailbox && !session.IsClosed)
            {
                var changed = mailbox.WhenChanged(over.Token).AsTask();
                await Task.WhenAny(done, changed);
                if (done.IsCompleted) break;
                await changed;
                await session.Sync(mayExpunge: true);
                await session.Channel.Flush();
            }
        }
        finally
        {
            await over.CancelAsync();
        }

        if (session.IsClosed) return;
        if (await done is not { } line) session.Hang();
        else if (!Encoding.ASCII.GetString(line).Equals("DONE", StringComparison.OrdinalIgnoreCase)) await session.Bad(command.Tag, "IDLE ends with DONE");
        else await session.Ok(command, "IDLE completed");
    }
}
