using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp.Verbs;

/// <summary><c>HELO</c>: the greeting of a client without extensions. RFC 5321 §4.1.1.1.</summary>
static class Helo
{
    public static async ValueTask Handle(SmtpSession session, SmtpCommand command)
    {
        if (!Ehlo.IsName(command.Argument))
        {
            await session.Refuse(Replies.NameYourself);
            return;
        }

        await session.EndTransaction();
        session.Greeted(command.Argument, extended: false);
        await session.Reply(new SmtpReply(250, null, session.Server.HostName));
    }
}
