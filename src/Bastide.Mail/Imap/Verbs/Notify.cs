using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>NOTIFY</c>: what is to be told without being asked, until it is said again. State: signed in. RFC 5465 §3.1.</summary>
static class Notify
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var asked = NotifyArguments.Parse(command.Arguments, session.Out.Utf8);
        if (asked.UnknownEvent is not null)
        {
            await session.No(command, $"[BADEVENT ({NotifyArguments.Events})] There is no such event here");
            return;
        }

        session.Watch = await NotifyWatch.Begin(session, asked);
        await session.Ok(command, "NOTIFY completed");
    }
}
