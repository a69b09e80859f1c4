namespace Bastide.Protocols.Imap;

/// <summary>What FETCH asks for (RFC 9051 §6.4.5, RFC 7162 §3.1.4, RFC 9394 §3.3).</summary>
public sealed record FetchArguments
{
    const int MostItems = 200;

    /// <summary>The items without arguments.</summary>
    public FetchAttributes Attributes { get; init; }

    /// <summary>The sections.</summary>
    public required IReadOnlyList<FetchSection> Sections { get; init; }

    /// <summary>Only what changed since (<c>CHANGEDSINCE</c>).</summary>
    public long? ChangedSince { get; init; }

    /// <summary>Whether what is gone since is told too (<c>VANISHED</c>).</summary>
    public bool Vanished { get; init; }

    /// <summary>Only some of the messages, by their place (<c>PARTIAL</c>).</summary>
    public PartialRange? Partial { get; init; }

    /// <summary>Whether reading them sets <c>\Seen</c>.</summary>
    public bool SetsSeen => Sections.Any(section => !section.IsPeek);

    /// <summary>Reads the items and modifiers, to the end.</summary>
    public static FetchArguments Parse(ImapArguments arguments)
    {
        var parsed = ParseItems(arguments);
        if (!arguments.TrySpace())
        {
            arguments.ExpectEnd();
            return parsed;
        }

        arguments.Open();
        for (var count = 0; !arguments.TryClose(); count++)
        {
            if (count > 0) arguments.Space();
            parsed = arguments.Keyword() switch
            {
                "CHANGEDSINCE" => parsed with { ChangedSince = ModSeq(arguments) },
                "VANISHED" => parsed with { Vanished = true },
                "PARTIAL" => parsed with { Partial = PartialRange.Parse(arguments) },
                _ => throw new ImapSyntaxException("The modifiers of FETCH are CHANGEDSINCE, VANISHED and PARTIAL"),
            };
        }

        arguments.ExpectEnd();
        if (parsed.Vanished && parsed.ChangedSince is null) throw new ImapSyntaxException("VANISHED goes with CHANGEDSINCE");
        return parsed;
    }

    /// <summary>Reads the items alone.</summary>
    internal static FetchArguments ParseItems(ImapArguments arguments)
    {
        var attributes = FetchAttributes.None;
        var sections = new List<FetchSection>();
        if (arguments.Peek == '(')
        {
            arguments.Open();
            for (var count = 0; !arguments.TryClose(); count++)
            {
                if (count == MostItems) throw new ImapSyntaxException("FETCH asks for too much at once");
                if (count > 0) arguments.Space();
                attributes |= Item(arguments, sections, isAlone: false);
            }

            if (attributes == FetchAttributes.None && sections.Count == 0) throw new ImapSyntaxException("FETCH asks for nothing");
        }
        else
        {
            attributes = Item(arguments, sections, isAlone: true);
        }

        return new FetchArguments { Attributes = attributes, Sections = sections };
    }

    static long ModSeq(ImapArguments arguments)
    {
        arguments.Space();
        return arguments.Number64();
    }

    static FetchAttributes Item(ImapArguments arguments, List<FetchSection> sections, bool isAlone)
    {
        var name = arguments.Keyword();
        switch (name)
        {
            case "ALL" when isAlone:
                return FetchAttributes.Flags | FetchAttributes.InternalDate | FetchAttributes.Size | FetchAttributes.Envelope;
            case "FAST" when isAlone:
                return FetchAttributes.Flags | FetchAttributes.InternalDate | FetchAttributes.Size;
            case "FULL" when isAlone:
                return FetchAttributes.Flags | FetchAttributes.InternalDate | FetchAttributes.Size | FetchAttributes.Envelope | FetchAttributes.Body;
            case "FLAGS":
                return FetchAttributes.Flags;
            case "INTERNALDATE":
                return FetchAttributes.InternalDate;
            case "RFC822.SIZE":
                return FetchAttributes.Size;
            case "ENVELOPE":
                return FetchAttributes.Envelope;
            case "BODYSTRUCTURE":
                return FetchAttributes.BodyStructure;
            case "UID":
                return FetchAttributes.Uid;
            case "MODSEQ":
                return FetchAttributes.ModSeq;
            case "EMAILID":
                return FetchAttributes.EmailId;
            case "THREADID":
                return FetchAttributes.ThreadId;
            case "SAVEDATE":
                return FetchAttributes.SaveDate;
            case "PREVIEW":
                return Preview(arguments);
            case "BODY" when arguments.Peek != '[':
                return FetchAttributes.Body;
            case "BODY" or "BODY.PEEK":
                var section = BodySection.Parse(arguments);
                sections.Add(new FetchSection(section, "BODY" + section, FetchSectionForm.Encoded, name == "BODY.PEEK", Octets(arguments)));
                return FetchAttributes.None;
            case "BINARY" or "BINARY.PEEK":
                var binary = BodySection.ParseBinary(arguments);
                sections.Add(new FetchSection(binary, "BINARY" + binary, FetchSectionForm.Binary, name == "BINARY.PEEK", Octets(arguments)));
                return FetchAttributes.None;
            case "BINARY.SIZE":
                var sized = BodySection.ParseBinary(arguments);
                sections.Add(new FetchSection(sized, "BINARY.SIZE" + sized, FetchSectionForm.BinarySize, IsPeek: true, null));
                return FetchAttributes.None;
            // RFC 3501 §6.4.5; IMAP4rev2 has them no more, clients of rev1 do.
            case "RFC822":
                sections.Add(new FetchSection(BodySection.Message, "RFC822", FetchSectionForm.Encoded, IsPeek: false, null));
                return FetchAttributes.None;
            case "RFC822.HEADER":
                sections.Add(new FetchSection(BodySection.MessageHeader, "RFC822.HEADER", FetchSectionForm.Encoded, IsPeek: true, null));
                return FetchAttributes.None;
            case "RFC822.TEXT":
                sections.Add(new FetchSection(BodySection.MessageText, "RFC822.TEXT", FetchSectionForm.Encoded, IsPeek: false, null));
                return FetchAttributes.None;
            default:
                throw new ImapSyntaxException($"There is no data item {name} to fetch");
        }
    }

    static FetchAttributes Preview(ImapArguments arguments)
    {
        if (arguments.Rest.Span.StartsWith(" ("u8))
        {
            arguments.Space();
            if (arguments.ListOf(static one => one.Keyword()).Exists(modifier => modifier != "LAZY")) throw new ImapSyntaxException("The modifier of PREVIEW is LAZY");
        }

        return FetchAttributes.Preview;
    }

    static (uint, uint)? Octets(ImapArguments arguments)
    {
        if (!arguments.TryTake('<')) return null;
        var offset = arguments.Number();
        arguments.Expect('.');
        var count = arguments.NonZeroNumber();
        arguments.Expect('>');
        return (offset, count);
    }
}
