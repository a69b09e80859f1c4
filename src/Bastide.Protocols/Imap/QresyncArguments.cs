namespace Bastide.Protocols.Imap;

/// <summary>What a client remembers of a mailbox it selects again (RFC 7162 §3.2.5).</summary>
/// <param name="UidValidity">The UIDVALIDITY it knows.</param>
/// <param name="ModSeq">The last modification sequence it heard of.</param>
/// <param name="KnownUids">The UIDs it knows, or null for all.</param>
/// <param name="MatchesNumbers">Whether it tells message numbers with their UIDs.</param>
public sealed record QresyncArguments(uint UidValidity, long ModSeq, SequenceSet? KnownUids, bool MatchesNumbers)
{
    internal static QresyncArguments Parse(ImapArguments arguments)
    {
        arguments.Space();
        arguments.Open();
        var uidValidity = arguments.NonZeroNumber();
        arguments.Space();
        var modSeq = arguments.Number64();
        SequenceSet? known = null;
        var matches = false;
        if (!arguments.TryClose())
        {
            arguments.Space();
            if (arguments.Peek != '(') known = arguments.SequenceSet();
            matches = known is null || arguments.TrySpace();
            if (matches) SkipMatch(arguments);
            if (!arguments.TryClose()) throw new ImapSyntaxException("QRESYNC takes UIDVALIDITY, MODSEQ, known UIDs and their sequence numbers");
        }

        return new QresyncArguments(uidValidity, modSeq, known, matches);
    }

    /// <summary>The sequence match data only shorten what is told (§3.2.5.2); what is gone is known here to the number.</summary>
    static void SkipMatch(ImapArguments arguments)
    {
        arguments.Open();
        arguments.SequenceSet();
        arguments.Space();
        arguments.SequenceSet();
        if (!arguments.TryClose()) throw new ImapSyntaxException("A \")\" is missing");
    }
}
