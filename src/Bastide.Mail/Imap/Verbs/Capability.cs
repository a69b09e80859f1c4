namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>CAPABILITY</c>. State: any. RFC 9051 §6.1.1.</summary>
static class Capability
{
    public static ValueTask Handle(ImapSession session, ImapCommand command)
    {
        command.Arguments.ExpectEnd();
        session.Out.Raw("* CAPABILITY "u8).Text(Capabilities.Of(session)).Line();
        return session.Ok(command, "CAPABILITY completed");
    }
}
