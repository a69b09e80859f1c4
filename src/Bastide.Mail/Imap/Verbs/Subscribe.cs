namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>SUBSCRIBE</c>. State: signed in. RFC 9051 §6.3.7.</summary>
static class Subscribe
{
    public static ValueTask Handle(ImapSession session, ImapCommand command) => Set(session, command, isSubscribed: true);

    /// <summary>Subscribes or not.</summary>
    public static async ValueTask Set(ImapSession session, ImapCommand command, bool isSubscribed)
    {
        var path = command.Arguments.Mailbox(session.Out.Utf8);
        command.Arguments.ExpectEnd();
        if (await MailboxTree.Find(session, path) is not { Account: { } account, Mailbox: { } mailbox })
        {
            // Interop: Thunderbird 153, 2026-11: names that it renamed or deleted are unsubscribed after that, and a trash whose
            // folders cannot be is not emptied. To what is not there nobody is subscribed.
            if (isSubscribed) await session.No(command, "[NONEXISTENT] There is no such mailbox");
            else await session.Ok(command, "UNSUBSCRIBE completed");
            return;
        }

        var update = new Dictionary<long, MailboxUpdate> { [mailbox.Id] = new() { IsSubscribed = isSubscribed } };
        var outcome = await session.Server.Mailboxes.Set(session.Caller!, account, new MailboxSet { Update = update }, session.Cancellation);
        if ((outcome.Refused ?? outcome.NotUpdated.Values.FirstOrDefault()) is { } refusal) await session.No(command, refusal);
        else await session.Ok(command, isSubscribed ? "SUBSCRIBE completed" : "UNSUBSCRIBE completed");
    }
}
