namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>STARTTLS</c>. State: not authenticated. RFC 9051 §6.2.1.</summary>
static class StartTls
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        command.Arguments.ExpectEnd();
        if (session.Channel.IsTls)
        {
            await session.Bad(command.Tag, "TLS protects the connection already");
            return;
        }

        // Before the answer: what stands behind the command came in clear.
        session.Channel.DropUnread();
        await session.Ok(command, "Begin TLS now");
        await session.Channel.Flush();
        await session.Channel.StartTls(ImapConnection.TlsOptions(session.Server));
    }
}
