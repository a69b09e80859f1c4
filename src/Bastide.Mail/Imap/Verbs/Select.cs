using Bastide.Mail.Jmap;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Imap;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>SELECT</c> and <c>EXAMINE</c>. State: signed in. RFC 9051 §6.3.2, §6.3.3; RFC 7162 §3.1.2, §3.2.5; RFC 8474 §4.1.</summary>
static class Select
{
    public static ValueTask Handle(ImapSession session, ImapCommand command) => Open(session, command, isReadOnly: false);

    public static ValueTask Examine(ImapSession session, ImapCommand command) => Open(session, command, isReadOnly: true);

    static async ValueTask Open(ImapSession session, ImapCommand command, bool isReadOnly)
    {
        var asked = SelectArguments.Parse(command.Arguments, session.Out.Utf8);
        if (asked.Qresync is not null && !session.IsQresync)
        {
            await session.Bad(command.Tag, "Enable QRESYNC first");
            return;
        }

        if (session.IsUidOnly && asked.Qresync?.MatchesNumbers == true)
        {
            await session.Bad(command.Tag, "[UIDREQUIRED] Once UIDONLY is enabled there are no message numbers to match");
            return;
        }

        if (session.Selected is not null)
        {
            session.Deselect();
            session.Out.Raw("* OK [CLOSED] The mailbox that was selected is closed\r\n"u8);
        }

        if (asked.IsCondstore) session.BeginCondstore();
        var name = await MailboxTree.Find(session, asked.Mailbox);
        if (name is not { Account: { } account, Mailbox: { } mailbox })
        {
            await session.No(command, "[NONEXISTENT] There is no such mailbox");
            return;
        }

        // Before the snapshot: what happens from now on is heard of.
        var feed = session.Server.Feed.Subscribe(account);
        if (await session.Server.MailboxMessages.Select(session.Caller!, account, mailbox.Id, session.Cancellation) is not { } snapshot)
        {
            feed.Dispose();
            await session.No(command, mailbox.MyRights.HasFlag(Rights.Lookup) ? "[NOPERM] You may not read this mailbox" : "[NONEXISTENT] There is no such mailbox");
            return;
        }

        isReadOnly |= (snapshot.Rights & (Rights.Write | Rights.Delete)) == 0;
        var selected = new SelectedMailbox(snapshot, isReadOnly, feed);
        session.Select(selected);
        Tell(session, name, asked.Mailbox, snapshot, selected);
        if (asked.Qresync is { } known && known.UidValidity == selected.UidValidity) await Resynchronise(session, selected, known);
        await session.Ok(command, isReadOnly ? "[READ-ONLY] Opened for reading" : "[READ-WRITE] Opened");
    }

    static void Tell(ImapSession session, MailboxName name, string asked, MailboxSnapshot snapshot, SelectedMailbox selected)
    {
        var output = session.Out;
        output.Raw("* "u8).Number(selected.Uids.Count).Raw(" EXISTS\r\n"u8);
        if (!session.IsRev2)
        {
            output.Raw("* 0 RECENT\r\n"u8);
            if (!session.IsUidOnly && snapshot.FirstUnseen is { } unseen && selected.NumberOf(unseen) is var number and > 0)
                output.Raw("* OK [UNSEEN "u8).Number(number).Raw("] The first unseen\r\n"u8);
        }

        output.Raw("* FLAGS "u8).Flags(ImapFlags.Defined).Line();
        if (selected.IsReadOnly) output.Raw("* OK [PERMANENTFLAGS ()] No flags can be changed\r\n"u8);
        else output.Raw("* OK [PERMANENTFLAGS "u8).Flags(Permanent(snapshot.Rights)).Raw("] They stay\r\n"u8);
        output.Raw("* OK [UIDVALIDITY "u8).Number(selected.UidValidity).Raw("] The UIDs hold\r\n"u8);
        output.Raw("* OK [UIDNEXT "u8).Number(selected.UidNext).Raw("] The next UID\r\n"u8);
        output.Raw("* OK [HIGHESTMODSEQ "u8).Number(selected.ModSeq).Raw("] The last change\r\n"u8);
        output.Text($"* OK [MAILBOXID ({WireId.Mailbox.Write(snapshot.Mailbox.Id)})] Its id").Line();
        if (session.IsRev2) List.Write(session, name, asked == MailboxTree.Composed(asked) ? null : asked);
    }

    /// <summary>The flags that may be changed with these rights (RFC 4314 §5.1.1).</summary>
    static IEnumerable<string> Permanent(Rights rights)
    {
        IEnumerable<string> others = rights.HasFlag(Rights.Write) ? [.. ImapFlags.Defined.Where(flag => flag != ImapFlags.Deleted), "\\*"] : [];
        return !rights.HasFlag(Rights.Delete) ? others : rights.HasFlag(Rights.Write) ? [.. ImapFlags.Defined, "\\*"] : [ImapFlags.Deleted];
    }

    /// <summary>Tells what is gone and what changed since the client was here (RFC 7162 §3.2.5.1).</summary>
    static async ValueTask Resynchronise(ImapSession session, SelectedMailbox selected, QresyncArguments known)
    {
        if (await session.Server.MailboxMessages.Since(session.Caller!, selected.Account, selected.Id, known.ModSeq, session.Cancellation) is not { } delta) return;
        var wanted = known.KnownUids?.Resolve(selected.UidNext - 1);
        bool IsKnown(uint uid) => wanted is null || wanted.Any(range => range.Contains(uid));
        List<uint> gone = [.. delta.Expunged.Where(IsKnown).Distinct().Order()];
        if (gone.Count > 0) session.Out.Raw("* VANISHED (EARLIER) "u8).Text(SequenceSet.Format(gone)).Line();
        foreach (var place in delta.Changed.OrderBy(place => place.Uid))
        {
            if (selected.NumberOf(place.Uid) is not (var number and > 0) || !IsKnown(place.Uid)) continue;
            session.WriteFlags(number, place, delta.Keywords.GetValueOrDefault(place.Message), withUid: true);
            await session.Channel.FlushSome();
        }
    }
}
