namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>UNSUBSCRIBE</c>. State: signed in. RFC 9051 §6.3.8.</summary>
static class Unsubscribe
{
    public static ValueTask Handle(ImapSession session, ImapCommand command) => Subscribe.Set(session, command, isSubscribed: false);
}
