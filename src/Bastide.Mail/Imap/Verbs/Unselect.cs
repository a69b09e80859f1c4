namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>UNSELECT</c>: leaves the mailbox without expunging. State: selected. RFC 9051 §6.4.2.</summary>
static class Unselect
{
    public static ValueTask Handle(ImapSession session, ImapCommand command)
    {
        command.Arguments.ExpectEnd();
        session.Deselect();
        return session.Ok(command, "UNSELECT completed");
    }
}
