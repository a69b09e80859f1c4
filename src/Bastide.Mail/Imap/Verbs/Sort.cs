using Bastide.Mail.Store;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary>
/// <c>SORT</c> and <c>UID SORT</c>. State: selected. RFC 5256 §3; RFC 5267 §3; RFC 5957; RFC 7162 §3.1.5; RFC 9394 §3.1.
/// </summary>
static class Sort
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var (criteria, asked) = SortArguments.Parse(command.Arguments);
        var mailbox = session.Selected!;
        command.NamesNumbers = asked.UsesNumbers;
        if (asked.UsesModSeq) session.BeginCondstore();
        if (!await Search.IsCharsetKnown(session, command, asked)) return;
        List<uint> sorted;
        List<Place> places;
        try
        {
            places = await SearchRun.Find(session, mailbox, asked.Key);
            sorted = await new SortRun(session, mailbox, criteria).Sort(places.ConvertAll(place => place.Uid));
        }
        catch (Exception exception) when (Search.SavesNothing(asked, exception))
        {
            mailbox.Saved = [];
            throw;
        }

        if (asked.Return.HasFlag(SearchReturn.Save)) mailbox.Saved = Search.Saved(sorted, asked);
        var numbers = command.IsUid ? sorted : sorted.ConvertAll(uid => (uint)mailbox.NumberOf(uid));
        var modSeq = asked.UsesModSeq ? Search.HighestModSeq(places, SearchReturn.All) : 0;
        // Not an ESEARCH in IMAP4rev2 either, unless RETURN was said: SORT has an answer of its own there too.
        if (asked.IsExtended) Search.WriteExtended(session.Out, command, asked, numbers, modSeq);
        else Search.WritePlain(session.Out, "SORT", numbers, modSeq);
        await session.Ok(command, "SORT completed");
    }
}
