using Bastide.Mail.Jmap;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Imap;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>STATUS</c>. State: signed in. RFC 9051 §6.3.11; RFC 7162 §3.1.7; RFC 8438; RFC 8474; RFC 7889; RFC 9208 §4.1.4.</summary>
static class Status
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var path = command.Arguments.Mailbox(session.Out.Utf8);
        command.Arguments.Space();
        var items = StatusArguments.Parse(command.Arguments);
        command.Arguments.ExpectEnd();
        if (await MailboxTree.Find(session, path) is not { Mailbox: not null } name)
        {
            await session.No(command, "[NONEXISTENT] There is no such mailbox");
            return;
        }

        if (!name.Mailbox.MyRights.HasFlag(Rights.Read))
        {
            await session.No(command, name.Mailbox.MyRights.HasFlag(Rights.Lookup) ? "[NOPERM] You may not read this mailbox" : "[NONEXISTENT] There is no such mailbox");
            return;
        }

        if (items.HasFlag(StatusItems.HighestModSeq)) session.BeginCondstore();
        await Write(session, name, items);
        await session.Ok(command, "STATUS completed");
    }

    /// <summary>Writes the answer for a mailbox.</summary>
    public static async ValueTask Write(ImapSession session, MailboxName name, StatusItems items)
    {
        var mailbox = name.Mailbox!;
        var figures = (items & (StatusItems.Unseen | StatusItems.Deleted | StatusItems.DeletedStorage | StatusItems.Size)) == 0
            ? default
            : (await session.Server.MailboxMessages.View(name.Account!.Value, mailbox.Id, session.Cancellation))?.Figures() ?? default;
        var output = session.Out;
        output.Raw("* STATUS "u8).Mailbox(name.Path).Space().Open();
        var isFirst = true;
        void Item(StatusItems item, string label, long value)
        {
            if (!items.HasFlag(item)) return;
            if (!isFirst) output.Space();
            isFirst = false;
            output.Text(label).Space().Number(value);
        }

        Item(StatusItems.Messages, "MESSAGES", mailbox.TotalEmails);
        Item(StatusItems.Recent, "RECENT", 0);
        Item(StatusItems.UidNext, "UIDNEXT", mailbox.UidNext);
        Item(StatusItems.UidValidity, "UIDVALIDITY", mailbox.UidValidity);
        Item(StatusItems.Unseen, "UNSEEN", figures.Unseen);
        Item(StatusItems.Deleted, "DELETED", figures.Deleted);
        Item(StatusItems.DeletedStorage, "DELETED-STORAGE", figures.DeletedOctets);
        Item(StatusItems.Size, "SIZE", figures.Octets);
        Item(StatusItems.HighestModSeq, "HIGHESTMODSEQ", mailbox.HighestModSeq.Value);
        Item(StatusItems.AppendLimit, "APPENDLIMIT", session.Server.Limits.MessageSize);
        if (items.HasFlag(StatusItems.MailboxId))
        {
            if (!isFirst) output.Space();
            output.Text($"MAILBOXID ({WireId.Mailbox.Write(mailbox.Id)})");
        }

        output.Close().Line();
    }
}
