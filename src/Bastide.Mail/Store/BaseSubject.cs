using System.Text.RegularExpressions;

namespace Bastide.Mail.Store;

/// <summary>
/// The subject without what replying, forwarding and lists put around it (RFC 5256 §2.1, RFC 8621 §3), in the languages
/// mail programs write those prefixes in.
/// </summary>
static partial class BaseSubject
{
    const int Longest = 2000;

    /// <summary>The base subject.</summary>
    public static string Of(string subject) => Strip(subject).Base;

    /// <summary>Whether it is the subject of a reply or of something forwarded (RFC 5256 §3).</summary>
    public static bool IsReply(string subject) => Strip(subject).IsReply;

    static (string Base, bool IsReply) Strip(string subject)
    {
        var rest = subject.Length > Longest ? subject[..Longest] : subject;
        var isReply = false;
        rest = Spaces().Replace(rest, " ").Trim();
        while (true)
        {
            var before = rest;
            rest = Trailer().Replace(rest, "");
            rest = Prefix().Replace(rest, "");
            rest = Forwarded().Replace(rest, "$1");
            isReply |= rest.Length < before.Length;
            rest = WithoutTag(rest);
            if (rest.Length == before.Length) return (rest, isReply);
        }
    }

    /// <summary>What two subjects of one thread have in common: the base subject without case and white space.</summary>
    public static string ForThreads(string subject) => Spaces().Replace(Of(subject), "").ToUpperInvariant();

    static string WithoutTag(string subject)
    {
        var match = Tag().Match(subject);
        // A subject that is nothing but a tag keeps it.
        return match.Success && match.Length < subject.Length ? subject[match.Length..] : subject;
    }

    [GeneratedRegex(@"[\s\p{Cf}\u00A0]+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\s*\(fwd\)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Trailer();

    [GeneratedRegex(@"^(?:re|fwd?|aw|wg|antw|sv|vs|vb|tr|rif|rv|res|enc|odp|pd|ref|réf|doorst|回复|答复|转发|返信|轉寄|回覆)\s*(?:\[[^\]]{0,40}\]|\(\d{1,4}\))?\s*[:：]\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    /// <summary>All of it within <c>[fwd: …]</c> (RFC 5256 §2.1, step 6).</summary>
    [GeneratedRegex(@"^\[fwd:\s*(.*?)\s*\]$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Forwarded();

    [GeneratedRegex(@"^\[[^\[\]]{0,80}\]\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
