namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>LOGOUT</c>. State: any. RFC 9051 §6.1.3.</summary>
static class Logout
{
    public static ValueTask Handle(ImapSession session, ImapCommand command)
    {
        command.Arguments.ExpectEnd();
        session.Deselect();
        session.Out.Raw("* BYE Goodbye\r\n"u8).Text(command.Tag).Raw(" OK LOGOUT completed\r\n"u8);
        session.Hang();
        return session.Channel.Flush();
    }
}
