using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp.Verbs;

/// <summary>
/// <c>STARTTLS</c>: goes on within TLS and forgets what was said before. What the peer sent behind it in clear is
/// dropped unread. RFC 3207.
/// </summary>
static class StartTls
{
    public static async ValueTask Handle(SmtpSession session, SmtpCommand command)
    {
        if (command.Argument.Length > 0)
        {
            await session.Refuse(Replies.NoArgument);
            return;
        }

        if (session.IsTls)
        {
            await session.Refuse(new SmtpReply(503, "5.5.1", "TLS is already in use"));
            return;
        }

        session.Channel.DropUnread();
        await session.Reply(new SmtpReply(220, "2.0.0", "Begin TLS"));
        await session.Channel.Flush();
        await session.Channel.StartTls(SmtpConnection.TlsOptions(session.Server));
        await session.Restart();
    }
}
