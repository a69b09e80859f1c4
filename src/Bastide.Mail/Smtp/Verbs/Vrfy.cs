using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp.Verbs;

/// <summary><c>VRFY</c>: whether an address exists is said at RCPT and nowhere else. RFC 5321 §3.5.3, §7.3.</summary>
static class Vrfy
{
    public static ValueTask Handle(SmtpSession session, SmtpCommand command) =>
        session.Reply(new SmtpReply(252, "2.5.0", "Send a message to it and see"));
}
