using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp.Verbs;

/// <summary><c>RSET</c>: forgets the transaction. RFC 5321 §4.1.1.5.</summary>
static class Rset
{
    public static async ValueTask Handle(SmtpSession session, SmtpCommand command)
    {
        if (command.Argument.Length > 0)
        {
            await session.Refuse(Replies.NoArgument);
            return;
        }

        await session.EndTransaction();
        await session.Reply(new SmtpReply(250, "2.0.0", "OK"));
    }
}
