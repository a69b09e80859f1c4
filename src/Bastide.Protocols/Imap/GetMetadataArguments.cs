namespace Bastide.Protocols.Imap;

/// <summary>What GETMETADATA asks for (RFC 5464 §4.2, §5).</summary>
/// <param name="Mailbox">The mailbox, or nothing for the server.</param>
/// <param name="Entries">The entries.</param>
/// <param name="Depth">How far below them.</param>
/// <param name="MaxSize">The longest value that is wanted, in octets.</param>
public sealed record GetMetadataArguments(string Mailbox, IReadOnlyList<MetadataEntry> Entries, MetadataDepth Depth, uint MaxSize)
{
    const int MostEntries = 100;

    /// <summary>Reads them, to the end.</summary>
    public static GetMetadataArguments Parse(ImapArguments arguments, bool utf8)
    {
        var (depth, maxSize) = (MetadataDepth.Zero, uint.MaxValue);
        if (arguments.Peek == '(')
        {
            arguments.Open();
            for (var count = 0; count == 0 || !arguments.TryClose(); count++)
            {
                if (count > 0) arguments.Space();
                switch (arguments.Keyword())
                {
                    case "MAXSIZE":
                        arguments.Space();
                        maxSize = arguments.Number();
                        break;
                    case "DEPTH":
                        arguments.Space();
                        depth = DepthOf(arguments);
                        break;
                    default:
                        throw new ImapSyntaxException("GETMETADATA takes MAXSIZE and DEPTH");
                }
            }

            arguments.Space();
        }

        var mailbox = arguments.Mailbox(utf8);
        arguments.Space();
        var entries = Entries(arguments, MetadataEntry.ParseRoot);
        arguments.ExpectEnd();
        return new GetMetadataArguments(mailbox, entries, depth, maxSize);

        static List<MetadataEntry> Entries(ImapArguments arguments, Func<ImapArguments, MetadataEntry> one) => arguments.Peek == '(' ? Several(arguments, one) : [one(arguments)];
    }

    /// <summary>Reads entries between parentheses, one at least.</summary>
    public static List<MetadataEntry> Several(ImapArguments arguments, Func<ImapArguments, MetadataEntry> one)
    {
        var entries = arguments.ListOf(one);
        return entries.Count is > 0 and <= MostEntries ? entries : throw new ImapSyntaxException($"1 to {MostEntries} entries are named");
    }

    static MetadataDepth DepthOf(ImapArguments arguments)
    {
        if (arguments.TryKeyword("INFINITY")) return MetadataDepth.Infinity;
        return arguments.Number() switch
        {
            0 => MetadataDepth.Zero,
            1 => MetadataDepth.One,
            _ => throw new ImapSyntaxException("DEPTH is 0, 1 or infinity"),
        };
    }
}
