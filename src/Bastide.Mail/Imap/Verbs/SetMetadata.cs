using System.Globalization;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>SETMETADATA</c>: annotates a mailbox, or the server for oneself. State: signed in. RFC 5464 §4.3.</summary>
static class SetMetadata
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var asked = SetMetadataArguments.Parse(command.Arguments, session.Out.Utf8);
        if (await GetMetadata.Place(session, asked.Mailbox) is not var (account, mailbox, _))
        {
            await session.No(command, "[NONEXISTENT] There is no such mailbox");
            return;
        }

        switch (await session.Server.Annotations.Set(session.Caller!, account, mailbox, asked.Values, session.Cancellation))
        {
            case null:
                await session.Ok(command, "SETMETADATA completed");
                break;
            case { Failure: MailFailure.TooLarge } refusal:
                await session.No(command, string.Create(CultureInfo.InvariantCulture, $"[METADATA MAXSIZE {Annotations.LongestValue}] {refusal.Description}"));
                break;
            case { Failure: MailFailure.TooManyItems } refusal:
                await session.No(command, $"[METADATA TOOMANY] {refusal.Description}");
                break;
            case { } refusal:
                await session.No(command, refusal);
                break;
        }
    }
}
