using Bastide.Protocols.Imap;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>STORE</c> and <c>UID STORE</c>: changes flags. State: selected. RFC 9051 §6.4.6, RFC 7162 §3.1.3.</summary>
static class Store
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var set = command.Arguments.SequenceSet();
        command.Arguments.Space();
        var asked = StoreArguments.Parse(command.Arguments);
        var mailbox = session.Selected!;
        var uids = mailbox.Resolve(set, command.IsUid);
        if (asked.UnchangedSince is not null) session.BeginCondstore();
        if (mailbox.IsReadOnly)
        {
            await session.No(command, "[READ-ONLY] The mailbox is open for reading");
            return;
        }

        var change = ChangeOf(asked);
        var stale = new List<uint>();
        foreach (var chunk in uids.Chunk(MailboxMessages.MostAtOnce))
        {
            var outcome = await session.Server.MailboxMessages.SetFlags(session.Caller!, mailbox.Account, mailbox.Id, chunk, change, asked.UnchangedSince, session.Cancellation);
            if (outcome.Refused is { } refusal)
            {
                await session.No(command, refusal);
                return;
            }

            stale.AddRange(outcome.Stale);
            await Tell(session, mailbox, outcome, asked.IsSilent, command.IsUid);
        }

        if (stale.Count == 0) await session.Ok(command, "STORE completed");
        else await session.Ok(command, $"[MODIFIED {Modified(mailbox, stale, command.IsUid)}] Some had changed and were left alone");
    }

    static FlagChange ChangeOf(StoreArguments asked)
    {
        List<string> keywords = [.. asked.Flags.Select(ImapFlags.KeywordOf).OfType<string>().Distinct()];
        if (keywords.Find(keyword => !Mail.Store.Keywords.IsValid(keyword)) is { } bad) throw new ImapSyntaxException($"\"{bad}\" cannot be a keyword");
        var namesDeleted = asked.Flags.Contains(ImapFlags.Deleted);
        return asked.Mode switch
        {
            StoreMode.Add => new FlagChange(new Patch<string> { Add = keywords }, namesDeleted ? true : null),
            StoreMode.Remove => new FlagChange(new Patch<string> { Remove = keywords }, namesDeleted ? false : null),
            _ => new FlagChange(new Patch<string> { Replace = keywords }, namesDeleted),
        };
    }

    static async ValueTask Tell(ImapSession session, SelectedMailbox mailbox, FlagOutcome outcome, bool isSilent, bool isUid)
    {
        foreach (var place in outcome.Places)
        {
            if (mailbox.NumberOf(place.Uid) is not (var number and > 0)) continue;
            // What somebody else changed before is told however silent the client wants it (RFC 9051 §6.4.6).
            if (!isSilent || mailbox.Knows(place.Uid, outcome.Before[place.Uid])) mailbox.Told(place);
            else mailbox.Heard(place.ModSeq);
            if (!isSilent)
            {
                session.WriteFlags(number, place, outcome.Keywords.GetValueOrDefault(place.Message), withUid: isUid || session.IsCondstore);
            }
            else if (session.IsCondstore)
            {
                // The flags need not be told, the modification sequence must (RFC 7162 §3.1.3).
                session.BeginFetch(number, place.Uid);
                if (!session.IsUidOnly) session.Out.Raw("UID "u8).Number(place.Uid).Space();
                session.Out.Raw("MODSEQ ("u8).Number(place.ModSeq).Raw("))\r\n"u8);
            }

            await session.Channel.FlushSome();
        }
    }

    static string Modified(SelectedMailbox mailbox, List<uint> stale, bool isUid) =>
        SequenceSet.Format(stale.Select(uid => isUid ? uid : (uint)mailbox.NumberOf(uid)).Where(number => number > 0).Order());
}
