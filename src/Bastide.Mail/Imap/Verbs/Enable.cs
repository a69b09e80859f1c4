namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>ENABLE</c>: CONDSTORE, QRESYNC, UTF8=ACCEPT, UIDONLY, IMAP4rev2; what is not known is passed over. State: signed in. RFC 9051 §6.3.1.</summary>
static class Enable
{
    public static ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var enabled = new List<string>();
        do
        {
            var name = command.Arguments.Keyword();
            switch (name)
            {
                case "CONDSTORE":
                    session.BeginCondstore();
                    break;
                case "QRESYNC":
                    session.IsQresync = true;
                    session.BeginCondstore();
                    break;
                case "UTF8=ACCEPT":
                    session.Out.Utf8 = true;
                    break;
                case "UIDONLY":
                    session.IsUidOnly = true;
                    break;
                case "IMAP4REV2":
                    session.IsRev2 = session.Out.Utf8 = true;
                    name = "IMAP4rev2";
                    break;
                default:
                    continue;
            }

            enabled.Add(name);
        }
        while (command.Arguments.TrySpace());

        command.Arguments.ExpectEnd();
        session.Out.Raw("* ENABLED"u8);
        foreach (var name in enabled) session.Out.Space().Text(name);
        session.Out.Line();
        return session.Ok(command, "ENABLE completed");
    }
}
