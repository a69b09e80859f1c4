namespace Bastide.Protocols.Imap;

/// <summary>What SEARCH asks for (RFC 9051 §6.4.4, RFC 4731, RFC 5032, RFC 7162, RFC 8474, RFC 8514, RFC 9394).</summary>
public sealed record SearchArguments
{
    const int MostKeys = 1000;

    /// <summary>What is told of the result.</summary>
    public SearchReturn Return { get; init; }

    /// <summary>Whether <c>RETURN</c> was said at all: then the answer is an ESEARCH.</summary>
    public bool IsExtended { get; init; }

    /// <summary>Only some of the result (RFC 9394).</summary>
    public PartialRange? Partial { get; init; }

    /// <summary>The charset of the texts, or null; only US-ASCII and UTF-8 are read here.</summary>
    public string? Charset { get; init; }

    /// <summary>What a message must be.</summary>
    public required SearchKey Key { get; init; }

    /// <summary>Whether a modification sequence is asked for anywhere.</summary>
    public bool UsesModSeq { get; init; }

    /// <summary>Whether message numbers are named anywhere.</summary>
    public bool UsesNumbers { get; init; }

    /// <summary>Whether the charset is one that is read here.</summary>
    public bool IsCharsetKnown => Charset is null || Charset.Equals("UTF-8", StringComparison.OrdinalIgnoreCase) || Charset.Equals("US-ASCII", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads them, to the end.</summary>
    public static SearchArguments Parse(ImapArguments arguments)
    {
        var parsed = new SearchArguments { Key = new SearchKey.All() };
        if (arguments.TryKeyword("RETURN"))
        {
            arguments.Space();
            parsed = parsed.ReadReturn(arguments);
            arguments.Space();
        }

        if (arguments.TryKeyword("CHARSET"))
        {
            arguments.Space();
            parsed = parsed with { Charset = arguments.AString() };
            arguments.Space();
        }

        return parsed.ReadKeys(arguments);
    }

    /// <summary>Reads the charset, that must be said, and the keys, to the end (RFC 5256 §5).</summary>
    internal SearchArguments ReadProgram(ImapArguments arguments)
    {
        var charset = arguments.AString();
        arguments.Space();
        return (this with { Charset = charset }).ReadKeys(arguments);
    }

    SearchArguments ReadKeys(ImapArguments arguments)
    {
        var reader = new KeyReader(arguments);
        var key = reader.Program();
        arguments.ExpectEnd();
        return this with { Key = key, UsesModSeq = reader.UsesModSeq, UsesNumbers = reader.UsesNumbers };
    }

    internal SearchArguments ReadReturn(ImapArguments arguments)
    {
        var (what, partial) = (SearchReturn.None, (PartialRange?)null);
        arguments.Open();
        for (var count = 0; !arguments.TryClose(); count++)
        {
            if (count > 0) arguments.Space();
            switch (arguments.Keyword())
            {
                case "MIN":
                    what |= SearchReturn.Min;
                    break;
                case "MAX":
                    what |= SearchReturn.Max;
                    break;
                case "ALL":
                    what |= SearchReturn.All;
                    break;
                case "COUNT":
                    what |= SearchReturn.Count;
                    break;
                case "SAVE":
                    what |= SearchReturn.Save;
                    break;
                case "PARTIAL" when partial is null:
                    partial = PartialRange.Parse(arguments);
                    break;
                default:
                    throw new ImapSyntaxException("SEARCH returns MIN, MAX, ALL, COUNT, SAVE and, once, PARTIAL");
            }
        }

        if (partial is not null && what.HasFlag(SearchReturn.All)) throw new ImapSyntaxException("PARTIAL and ALL exclude one another");
        // RETURN () is RETURN (ALL) (RFC 4731 §3.1).
        if (what == SearchReturn.None && partial is null) what = SearchReturn.All;
        return this with { Return = what, Partial = partial, IsExtended = true };
    }

    /// <summary>Reads keys, within bounds.</summary>
    internal sealed class KeyReader(ImapArguments arguments)
    {
        int _keys;
        int _depth;

        public bool UsesModSeq { get; private set; }

        public bool UsesNumbers { get; private set; }

        /// <summary>Keys with spaces between, to the end of the text or of the list.</summary>
        public SearchKey Program()
        {
            var keys = new List<SearchKey> { Key() };
            while (arguments.TrySpace()) keys.Add(Key());
            return keys.Count == 1 ? keys[0] : new SearchKey.And(keys);
        }

        SearchKey Key()
        {
            if (++_keys > MostKeys) throw new ImapSyntaxException("The search has too many keys");
            if (++_depth > ImapArguments.MaxDepth) throw new ImapSyntaxException("The search is nested too deep");
            var key = arguments.Peek switch
            {
                '(' => Several(),
                (>= '0' and <= '9') or '*' or '$' => Number(),
                _ => Named(arguments.Keyword()),
            };
            _depth--;
            return key;
        }

        SearchKey.Number Number()
        {
            var set = arguments.SequenceSet();
            UsesNumbers |= !set.IsSaved;
            return new SearchKey.Number(set);
        }

        SearchKey Several()
        {
            arguments.Open();
            var keys = Program();
            if (!arguments.TryClose()) throw new ImapSyntaxException("A \")\" is missing");
            return keys;
        }

        SearchKey Named(string name) => name switch
        {
            "ALL" => new SearchKey.All(),
            "ANSWERED" => new SearchKey.Flag("\\Answered"),
            "DELETED" => new SearchKey.Flag("\\Deleted"),
            "DRAFT" => new SearchKey.Flag("\\Draft"),
            "FLAGGED" => new SearchKey.Flag("\\Flagged"),
            "SEEN" => new SearchKey.Flag("\\Seen"),
            // Nothing is \Recent here, as in IMAP4rev2.
            "RECENT" or "NEW" => new SearchKey.Not(new SearchKey.All()),
            "OLD" => new SearchKey.All(),
            "UNANSWERED" => Without("\\Answered"),
            "UNDELETED" => Without("\\Deleted"),
            "UNDRAFT" => Without("\\Draft"),
            "UNFLAGGED" => Without("\\Flagged"),
            "UNSEEN" => Without("\\Seen"),
            "KEYWORD" => new SearchKey.Flag(Word()),
            "UNKEYWORD" => Without(Word()),
            "NOT" => Negated(),
            "OR" => Either(),
            "BEFORE" => Day(SearchDate.Received, SearchComparison.Before),
            "ON" => Day(SearchDate.Received, SearchComparison.On),
            "SINCE" => Day(SearchDate.Received, SearchComparison.Since),
            "SENTBEFORE" => Day(SearchDate.Sent, SearchComparison.Before),
            "SENTON" => Day(SearchDate.Sent, SearchComparison.On),
            "SENTSINCE" => Day(SearchDate.Sent, SearchComparison.Since),
            "SAVEDBEFORE" => Day(SearchDate.Saved, SearchComparison.Before),
            "SAVEDON" => Day(SearchDate.Saved, SearchComparison.On),
            "SAVEDSINCE" => Day(SearchDate.Saved, SearchComparison.Since),
            "SAVEDATESUPPORTED" => new SearchKey.All(),
            "OLDER" => new SearchKey.Within(Positive(), IsOlder: true),
            "YOUNGER" => new SearchKey.Within(Positive(), IsOlder: false),
            "LARGER" => new SearchKey.Size(Large(), IsLarger: true),
            "SMALLER" => new SearchKey.Size(Large(), IsLarger: false),
            "FROM" or "TO" or "CC" or "BCC" or "SUBJECT" => new SearchKey.Header(name, Text()),
            "HEADER" => Field(),
            "BODY" => new SearchKey.Contains(Text(), AndHeader: false),
            "TEXT" => new SearchKey.Contains(Text(), AndHeader: true),
            "UID" => new SearchKey.Uid(Set()),
            "MODSEQ" => ModSeq(),
            "EMAILID" => new SearchKey.EmailId(Id()),
            "THREADID" => new SearchKey.ThreadId(Id()),
            _ => throw new ImapSyntaxException($"There is no search key {name}"),
        };

        static SearchKey.Not Without(string flag) => new(new SearchKey.Flag(flag));

        SearchKey.Not Negated()
        {
            arguments.Space();
            return new SearchKey.Not(Key());
        }

        SearchKey.Or Either()
        {
            arguments.Space();
            var one = Key();
            arguments.Space();
            return new SearchKey.Or(one, Key());
        }

        SearchKey.Date Day(SearchDate which, SearchComparison comparison)
        {
            arguments.Space();
            return new SearchKey.Date(which, comparison, arguments.Date());
        }

        SearchKey.Header Field()
        {
            var field = Text();
            return new SearchKey.Header(field, Text());
        }

        SearchKey.ModSeq ModSeq()
        {
            UsesModSeq = true;
            arguments.Space();
            if (arguments.Peek == '"')
            {
                // The entry (/flags/…) narrows nothing here: one number stands for all of a message's metadata (§3.1.5).
                arguments.String();
                arguments.Space();
                if (arguments.Keyword() is not ("PRIV" or "SHARED" or "ALL")) throw new ImapSyntaxException("The type of an entry is priv, shared or all");
                arguments.Space();
            }

            return new SearchKey.ModSeq(arguments.Number64());
        }

        string Word()
        {
            arguments.Space();
            return arguments.Atom();
        }

        string Id() => Word();

        string Text()
        {
            arguments.Space();
            return arguments.AString();
        }

        uint Positive()
        {
            arguments.Space();
            return arguments.NonZeroNumber();
        }

        long Large()
        {
            arguments.Space();
            return arguments.Number64();
        }

        SequenceSet Set()
        {
            arguments.Space();
            return arguments.SequenceSet();
        }
    }
}
