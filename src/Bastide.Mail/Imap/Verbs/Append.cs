using Bastide.Platform.Accounts;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary>
/// <c>APPEND</c> of one message or several, which stream to the blob store. State: signed in. RFC 9051 §6.3.12; RFC 3502;
/// RFC 4469; RFC 6855 §4; RFC 7889.
/// </summary>
static class Append
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var reader = new AppendReader(session, command.Arguments);
        var name = await MailboxTree.Find(session, await reader.Mailbox());
        if (name is not { Account: { } account, Mailbox: { } mailbox })
        {
            await session.No(command, "[TRYCREATE] There is no such mailbox");
            return;
        }

        var items = new List<AppendItem>();
        do
        {
            if (items.Count >= session.Server.Limits.AppendedMessages)
            {
                await session.No(command, $"[LIMIT] {session.Server.Limits.AppendedMessages} messages at once are the most");
                return;
            }

            if (await reader.Message() is not { } item)
            {
                await session.No(command, reader.Refusal);
                return;
            }

            items.Add(item);
        }
        while (reader.TryNext());

        var outcome = await session.Server.MailboxMessages.Append(session.Caller!, account, mailbox.Id, items, session.Cancellation);
        if (outcome.Refused is { } error) await session.No(command, error, "TRYCREATE");
        else await session.Ok(command, $"{Code(mailbox, outcome)}APPEND completed");
    }

    /// <summary><c>APPENDUID</c> (RFC 4315 §3) and a space; nothing for whoever may not open the mailbox (RFC 9051 §6.3.12).</summary>
    public static string Code(Mailbox mailbox, AppendOutcome outcome) =>
        mailbox.MyRights.HasFlag(Rights.Read) ? $"[APPENDUID {outcome.UidValidity} {SequenceSet.Format(outcome.Uids)}] " : "";
}
