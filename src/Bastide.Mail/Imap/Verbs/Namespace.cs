namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>NAMESPACE</c>. State: signed in. RFC 9051 §6.3.10.</summary>
static class Namespace
{
    public static ValueTask Handle(ImapSession session, ImapCommand command)
    {
        command.Arguments.ExpectEnd();
        session.Out.Text($"* NAMESPACE ((\"\" \"/\")) ((\"{MailboxTree.Users}\" \"/\")) ((\"{MailboxTree.Teams}\" \"/\"))").Line();
        return session.Ok(command, "NAMESPACE completed");
    }
}
