namespace Bastide.Protocols.Imap;

/// <summary>What STORE changes (RFC 9051 §6.4.6, RFC 7162 §3.1.3).</summary>
/// <param name="Mode">How.</param>
/// <param name="IsSilent">Whether the new flags need not be told.</param>
/// <param name="Flags">Which.</param>
/// <param name="UnchangedSince">Only where nothing changed since, or null.</param>
public sealed record StoreArguments(StoreMode Mode, bool IsSilent, IReadOnlyList<string> Flags, long? UnchangedSince)
{
    /// <summary>Reads them, to the end.</summary>
    public static StoreArguments Parse(ImapArguments arguments)
    {
        long? unchangedSince = null;
        if (arguments.Peek == '(')
        {
            arguments.Open();
            if (!arguments.TryKeyword("UNCHANGEDSINCE")) throw new ImapSyntaxException("The modifier of STORE is UNCHANGEDSINCE");
            arguments.Space();
            unchangedSince = arguments.Number64();
            if (!arguments.TryClose()) throw new ImapSyntaxException("The modifier of STORE is UNCHANGEDSINCE alone");
            arguments.Space();
        }

        var mode = arguments.TryTake('+') ? StoreMode.Add : arguments.TryTake('-') ? StoreMode.Remove : StoreMode.Replace;
        var isSilent = arguments.Keyword() switch
        {
            "FLAGS" => false,
            "FLAGS.SILENT" => true,
            _ => throw new ImapSyntaxException("STORE changes FLAGS, +FLAGS or -FLAGS, perhaps .SILENT"),
        };
        arguments.Space();
        var flags = arguments.Peek == '(' ? arguments.FlagList() : Loose(arguments);
        arguments.ExpectEnd();
        return new StoreArguments(mode, isSilent, flags, unchangedSince);
    }

    static List<string> Loose(ImapArguments arguments)
    {
        var flags = new List<string> { arguments.Flag() };
        while (arguments.TrySpace()) flags.Add(arguments.Flag());
        return flags;
    }
}
