using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp.Verbs;

/// <summary><c>QUIT</c>: answers and closes. RFC 5321 §4.1.1.10.</summary>
static class Quit
{
    public static async ValueTask Handle(SmtpSession session, SmtpCommand command)
    {
        if (command.Argument.Length > 0)
        {
            await session.Refuse(Replies.NoArgument);
            return;
        }

        await session.Reply(new SmtpReply(221, "2.0.0", $"{session.Server.HostName} closes the connection"));
        session.Close();
    }
}
