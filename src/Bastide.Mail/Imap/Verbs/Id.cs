namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>ID</c>: who speaks. State: any. RFC 2971 §3.1.</summary>
static class Id
{
    const int MostFields = 60;

    public static ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var arguments = command.Arguments;
        if (!arguments.TryKeyword("NIL") && arguments.ListOf(static one => one.NString()).Count > MostFields) return session.Bad(command.Tag, "ID takes 30 fields at most");
        arguments.ExpectEnd();
        session.Out.Raw("* ID (\"name\" \"Bastide\")\r\n"u8);
        return session.Ok(command, "ID completed");
    }
}
