namespace Bastide.Protocols.Imap;

/// <summary>What SELECT and EXAMINE ask for beside the mailbox (RFC 7162 §3.1.8, §3.2.5).</summary>
/// <param name="Mailbox">The mailbox.</param>
/// <param name="IsCondstore">Whether <c>CONDSTORE</c> was said.</param>
/// <param name="Qresync">What the client remembers, or null.</param>
public sealed record SelectArguments(string Mailbox, bool IsCondstore, QresyncArguments? Qresync)
{
    /// <summary>Reads them, to the end.</summary>
    public static SelectArguments Parse(ImapArguments arguments, bool utf8)
    {
        var parsed = new SelectArguments(arguments.Mailbox(utf8), false, null);
        if (arguments.TrySpace())
        {
            arguments.Open();
            for (var count = 0; !arguments.TryClose(); count++)
            {
                if (count > 0) arguments.Space();
                parsed = arguments.Keyword() switch
                {
                    "CONDSTORE" => parsed with { IsCondstore = true },
                    "QRESYNC" => parsed with { Qresync = QresyncArguments.Parse(arguments) },
                    _ => throw new ImapSyntaxException("The parameters of SELECT are CONDSTORE and QRESYNC"),
                };
            }
        }

        arguments.ExpectEnd();
        return parsed;
    }
}
