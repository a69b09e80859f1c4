using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp.Verbs;

/// <summary><c>NOOP</c>: does nothing; an argument is passed over. RFC 5321 §4.1.1.9.</summary>
static class Noop
{
    public static ValueTask Handle(SmtpSession session, SmtpCommand command) =>
        session.Reply(new SmtpReply(250, "2.0.0", "OK"));
}
