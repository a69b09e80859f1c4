using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp.Verbs;

/// <summary><c>HELP</c>: the verbs that are served. RFC 5321 §4.1.1.8.</summary>
static class Help
{
    public static ValueTask Handle(SmtpSession session, SmtpCommand command) =>
        session.Reply(new SmtpReply(214, "2.0.0", string.Join(' ', SmtpVerbs.Table.Keys.Order(StringComparer.Ordinal)), "https://www.rfc-editor.org/rfc/rfc5321"));
}
