namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>UID EXPUNGE</c>: removes what is marked as deleted, of these UIDs. State: selected. RFC 9051 §6.4.9.</summary>
static class UidExpunge
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var set = command.Arguments.SequenceSet();
        command.Arguments.ExpectEnd();
        await Expunge.Serve(session, command, session.Selected!.Resolve(set, isUid: true));
    }
}
