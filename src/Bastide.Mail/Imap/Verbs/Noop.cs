namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>NOOP</c>: a moment to be told what happened. State: any. RFC 9051 §6.1.2.</summary>
static class Noop
{
    public static ValueTask Handle(ImapSession session, ImapCommand command)
    {
        command.Arguments.ExpectEnd();
        return session.Ok(command, "NOOP completed");
    }
}
