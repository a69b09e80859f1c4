namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>CHECK</c>: everything is always durable, so it is NOOP. State: selected. RFC 3501 §6.4.1.</summary>
static class Check
{
    public static ValueTask Handle(ImapSession session, ImapCommand command)
    {
        command.Arguments.ExpectEnd();
        return session.Ok(command, "CHECK completed");
    }
}
