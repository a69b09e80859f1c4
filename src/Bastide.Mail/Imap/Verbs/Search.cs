using Bastide.Mail.Store;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary>
/// <c>SEARCH</c> and <c>UID SEARCH</c>. State: selected. RFC 9051 §6.4.4; RFC 4731; RFC 5182; RFC 7162 §3.1.5; RFC 9394 §3.1.
/// </summary>
static class Search
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var asked = SearchArguments.Parse(command.Arguments);
        var mailbox = session.Selected!;
        command.NamesNumbers = asked.UsesNumbers;
        if (asked.UsesModSeq) session.BeginCondstore();
        if (!await IsCharsetKnown(session, command, asked)) return;
        List<Place> places;
        try
        {
            places = await SearchRun.Find(session, mailbox, asked.Key);
        }
        catch (Exception exception) when (SavesNothing(asked, exception))
        {
            mailbox.Saved = [];
            throw;
        }

        var found = places.ConvertAll(place => place.Uid);
        if (asked.Return.HasFlag(SearchReturn.Save)) mailbox.Saved = Saved(found, asked);
        var numbers = command.IsUid ? found : found.ConvertAll(uid => (uint)mailbox.NumberOf(uid));
        var modSeq = asked.UsesModSeq ? HighestModSeq(places, asked.Return) : 0;
        if (asked.IsExtended || session.IsRev2) WriteExtended(session.Out, command, asked, numbers, modSeq);
        else WritePlain(session.Out, "SEARCH", numbers, modSeq);
        await session.Ok(command, "SEARCH completed");
    }

    /// <summary>Whether a search that fails so leaves nothing saved: what was saved stays where it is no search at all (RFC 5182 §2.1).</summary>
    public static bool SavesNothing(SearchArguments asked, Exception exception) =>
        asked.Return.HasFlag(SearchReturn.Save) && exception is not ImapSyntaxException;

    /// <summary>What is saved of what was found follows what was asked for (RFC 5182 §2.4, RFC 9394 §3.2).</summary>
    public static List<uint> Saved(List<uint> found, SearchArguments asked)
    {
        var what = asked.Return;
        var isSome = asked.Partial is not null || (what & (SearchReturn.Min | SearchReturn.Max)) != 0;
        if (found.Count == 0 || !isSome || (what & (SearchReturn.All | SearchReturn.Count)) != 0) return [.. found.Order()];
        var saved = new SortedSet<uint>(asked.Partial?.Of(found) ?? []);
        if (what.HasFlag(SearchReturn.Min)) saved.Add(found[0]);
        if (what.HasFlag(SearchReturn.Max)) saved.Add(found[^1]);
        return [.. saved];
    }

    /// <summary>The modification sequence that is told, of the messages that are: of the first or the last alone where no others are asked for (RFC 7162 §3.1.10).</summary>
    public static long HighestModSeq(List<Place> places, SearchReturn what)
    {
        if (places.Count == 0) return 0;
        if ((what & (SearchReturn.All | SearchReturn.Count)) != 0 || (what & (SearchReturn.Min | SearchReturn.Max)) == 0) return places.Max(place => place.ModSeq);
        return Math.Max(what.HasFlag(SearchReturn.Min) ? places[0].ModSeq : 0, what.HasFlag(SearchReturn.Max) ? places[^1].ModSeq : 0);
    }

    /// <summary>Whether texts of this charset can be read; the command is refused when not.</summary>
    public static async ValueTask<bool> IsCharsetKnown(ImapSession session, ImapCommand command, SearchArguments asked)
    {
        if (asked.IsCharsetKnown) return true;
        if (asked.Return.HasFlag(SearchReturn.Save)) session.Selected!.Saved = [];
        await session.No(command, "[BADCHARSET (US-ASCII UTF-8)] Texts are read in UTF-8");
        return false;
    }

    /// <summary>The numbers in their order, as RFC 3501 has them.</summary>
    public static void WritePlain(ImapWriter output, string name, List<uint> numbers, long modSeq)
    {
        output.Raw("* "u8).Text(name);
        foreach (var number in numbers) output.Space().Number(number);
        if (modSeq > 0) output.Raw(" (MODSEQ "u8).Number(modSeq).Close();
        output.Line();
    }

    /// <summary>What was asked of the numbers, the first and the last being those of their order.</summary>
    public static void WriteExtended(ImapWriter output, ImapCommand command, SearchArguments asked, List<uint> numbers, long modSeq)
    {
        // IMAP4rev2 answers a search without RETURN as RETURN (ALL).
        var what = asked.IsExtended ? asked.Return : SearchReturn.All;
        if (what == SearchReturn.Save && asked.Partial is null) return;
        output.Raw("* ESEARCH (TAG "u8).String(command.Tag).Close();
        if (command.IsUid) output.Raw(" UID"u8);
        if (numbers.Count > 0)
        {
            if (what.HasFlag(SearchReturn.Min)) output.Raw(" MIN "u8).Number(numbers[0]);
            if (what.HasFlag(SearchReturn.Max)) output.Raw(" MAX "u8).Number(numbers[^1]);
            if (what.HasFlag(SearchReturn.All)) output.Raw(" ALL "u8).Text(SequenceSet.Format(numbers));
        }

        if (what.HasFlag(SearchReturn.Count)) output.Raw(" COUNT "u8).Number(numbers.Count);
        if (asked.Partial is { } partial)
        {
            var some = partial.Of(numbers);
            output.Text($" PARTIAL ({partial} ").Text(some.Count == 0 ? "NIL" : SequenceSet.Format(some)).Close();
        }

        if (modSeq > 0) output.Raw(" MODSEQ "u8).Number(modSeq);
        output.Line();
    }
}
