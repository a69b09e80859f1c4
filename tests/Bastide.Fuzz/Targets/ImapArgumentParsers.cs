using System.Buffers;
using System.Text;
using Bastide.Protocols.Imap;

namespace Bastide.Fuzz.Targets;

/// <summary>
/// The arguments of commands, one command an input: the verb, a space and what follows, the octets of literals in place.
/// They are read or refused with <see cref="ImapSyntaxException"/>, and what was read is written and read as the same.
/// </summary>
static class ImapArgumentParsers
{
    public static void Run(byte[] input)
    {
        var space = input.AsSpan().IndexOf((byte)' ');
        var verb = Encoding.ASCII.GetString(input.AsSpan(0, Math.Max(space, 0)));
        var arguments = new ImapArguments(input.AsMemory(space + 1));
        try
        {
            Parse(verb, arguments);
        }
        catch (ImapSyntaxException refused)
        {
            // It is told to the client, on one line.
            Invariant.Holds(refused.Message.Length > 0 && refused.Message.AsSpan().IndexOfAny('\r', '\n', '\0') < 0, $"{verb} is refused with {refused.Message}");
        }
    }

    static void Parse(string verb, ImapArguments arguments)
    {
        switch (verb)
        {
            case "FETCH":
                foreach (var section in FetchArguments.Parse(arguments).Sections) Check(section.Section);
                break;
            case "SEARCH":
                Check(SearchArguments.Parse(arguments));
                break;
            case "SORT":
                Check(SortArguments.Parse(arguments).Search);
                break;
            case "THREAD":
                Check(ThreadArguments.Parse(arguments).Search);
                break;
            case "STORE":
                var store = StoreArguments.Parse(arguments);
                Check(store.Flags);
                break;
            case "APPEND":
                Check(AppendHead.Parse(arguments));
                break;
            case "LIST":
                Check(ListArguments.Parse(arguments, utf8: false));
                break;
            case "LIST-UTF8":
                Check(ListArguments.Parse(arguments, utf8: true));
                break;
            case "SELECT":
                CheckName(SelectArguments.Parse(arguments, utf8: false).Mailbox);
                break;
            case "STATUS":
                StatusArguments.Parse(arguments);
                break;
            case "NOTIFY":
                foreach (var group in NotifyArguments.Parse(arguments, utf8: true).Groups)
                    foreach (var name in group.Mailboxes) CheckName(name);
                break;
            case "SET":
                Check(SequenceSet.Parse(arguments.Rest.Span));
                break;
            case "URL":
                if (ImapUrl.Parse(Encoding.UTF8.GetString(arguments.Rest.Span)) is { } url) Check(url.Section);
                break;
            case "MAILBOX":
                CheckName(ModifiedUtf7.Decode(Encoding.Latin1.GetString(arguments.Rest.Span)));
                break;
            case "STRINGS":
                Check(arguments.ListOf(static one => one.NString() ?? "NIL"));
                break;
            case "DATE":
                CheckDate(arguments.DateTime());
                break;
        }
    }

    static void Check(BodySection section)
    {
        var written = new ImapArguments(Encoding.UTF8.GetBytes(section.ToString()));
        var again = BodySection.Parse(written);
        written.ExpectEnd();
        Invariant.Holds(again.ToString() == section.ToString(), $"{section} is read again as {again}");
    }

    static void Check(SearchArguments search)
    {
        if (search.Partial is { } partial)
        {
            var again = PartialRange.Parse(new ImapArguments(Encoding.ASCII.GetBytes(" " + partial)));
            Invariant.Holds(again == partial, $"{partial} is read again as {again}");
            partial.Of([1, 2, 3]);
        }

        Check(search.Key);
    }

    static void Check(SearchKey key)
    {
        switch (key)
        {
            case SearchKey.And and:
                foreach (var one in and.Keys) Check(one);
                break;
            case SearchKey.Or or:
                Check(or.One);
                Check(or.Other);
                break;
            case SearchKey.Not not:
                Check(not.Key);
                break;
            case SearchKey.Number number:
                Check(number.Set);
                break;
            case SearchKey.Uid uid:
                Check(uid.Set);
                break;
            case SearchKey.Header header:
                CheckStrings(header.Field, header.Text);
                break;
            case SearchKey.Contains contains:
                CheckStrings(contains.Text);
                break;
        }
    }

    static void Check(SequenceSet set)
    {
        foreach (var last in (uint[])[0, 1, 40, uint.MaxValue])
        {
            var ranges = set.Resolve(last);
            for (var i = 0; i < ranges.Count; i++)
            {
                Invariant.Holds(ranges[i].First > 0 && ranges[i].First <= ranges[i].Last, $"A range goes from {ranges[i].First} to {ranges[i].Last}");
                Invariant.Holds(i == 0 || ranges[i].First > ranges[i - 1].Last + 1L, $"The ranges {i - 1} and {i} touch");
            }

            if (set.IsSaved || ranges.Count == 0) continue;
            var again = SequenceSet.Parse(Encoding.ASCII.GetBytes(string.Join(',', ranges.Select(range => $"{range.First}:{range.Last}")))).Resolve(last);
            Invariant.Holds(again.SequenceEqual(ranges), $"{ranges.Count} ranges are read again as {again.Count}");
            Invariant.Holds(Numbers(SequenceSet.Parse(Encoding.ASCII.GetBytes(SequenceSet.Format(Numbers(ranges)))).Resolve(last)).SequenceEqual(Numbers(ranges)), $"Numbers are read again as others");
        }
    }

    static IEnumerable<uint> Numbers(IReadOnlyList<SequenceRange> ranges)
    {
        foreach (var range in ranges.Take(20))
            for (var number = (ulong)range.First; number <= range.Last && number < range.First + 20ul; number++)
                yield return (uint)number;
    }

    static void Check(AppendHead head)
    {
        Check(head.Flags);
        if (head.InternalDate is { } date) CheckDate(date);
    }

    static void CheckDate(DateTimeOffset date)
    {
        var again = Written(writer => writer.InternalDate(date)).DateTime();
        Invariant.Holds(again == date && again.Offset == date.Offset, $"{date} is read again as {again}");
    }

    static void Check(IReadOnlyList<string> flags)
    {
        foreach (var flag in flags) Invariant.Holds(flag.Length > 0 && flag.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0, $"{flag} is a flag");
    }

    static void Check(ListArguments list)
    {
        CheckName(list.Reference);
        foreach (var pattern in list.Patterns) new ListPattern(list.Reference + pattern).Matches("INBOX/Projets");
    }

    static void CheckName(string name)
    {
        foreach (var utf8 in (bool[])[false, true])
        {
            // Half a surrogate pair has no form in UTF-8: it is replaced once, and then stays.
            var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));
            var again = Written(writer => writer.Mailbox(whole), utf8).Mailbox(utf8);
            Invariant.Holds(again == (whole.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? "INBOX" : whole), $"The mailbox {whole} is read again as {again}");
        }
    }

    static void CheckStrings(params IEnumerable<string> strings)
    {
        foreach (var text in strings)
            foreach (var utf8 in (bool[])[false, true])
            {
                var written = Written(writer => writer.AString(text).Space().String(text).Space().NString(text), utf8);
                var one = written.AString();
                written.Space();
                var other = written.String();
                written.Space();
                var third = written.NString();
                written.ExpectEnd();
                Invariant.Holds(one == text && other == text && third == text, $"{text} is read again as {one}, {other} and {third}");
            }
    }

    static void Check(List<string> strings) => CheckStrings(strings);

    static ImapArguments Written(Action<ImapWriter> write, bool utf8 = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(new ImapWriter(buffer) { Utf8 = utf8 });
        return new ImapArguments(buffer.WrittenMemory);
    }
}
