using Bastide.Platform.Accounts;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap;

/// <summary>
/// Rights as IMAP writes them (RFC 4314 §2). Those that are one right here are tied: given when all of them are asked for,
/// gone when one of them is taken away.
/// </summary>
static class AclRights
{
    /// <summary>The letters that are tied, and what they stand for; the virtual rights of RFC 2086 last in each.</summary>
    static readonly (string Letters, string Virtual, Rights Right)[] Groups =
    [
        ("l", "", Rights.Lookup),
        ("r", "", Rights.Read),
        ("swi", "", Rights.Write),
        ("p", "", Rights.Submit),
        ("kxa", "c", Rights.Manage),
        ("te", "d", Rights.Delete),
    ];

    /// <summary>The letters of these rights, those tied together as one, as LISTRIGHTS writes them.</summary>
    public static IEnumerable<string> Tied(Rights rights) => Groups.Where(group => rights.HasFlag(group.Right)).Select(group => group.Letters + group.Virtual);

    /// <summary>The letters of what someone may do.</summary>
    public static string Of(Rights rights) => string.Concat(Groups.Where(group => rights.HasFlag(group.Right)).Select(group => group.Letters + group.Virtual));

    /// <summary>What SETACL asks for, as what becomes of the rights that were (RFC 4314 §3.1).</summary>
    public static Func<Rights, Rights> Parse(string text)
    {
        var mode = text.Length > 0 && text[0] is '+' or '-' ? text[0] : ' ';
        var letters = (mode == ' ' ? text : text[1..]).Replace("c", "kx", StringComparison.Ordinal).Replace("d", "te", StringComparison.Ordinal);
        if (letters.FirstOrDefault(letter => !Groups.Any(group => group.Letters.Contains(letter, StringComparison.Ordinal))) is var unknown and not '\0')
            throw new ImapSyntaxException($"There is no right \"{unknown}\"");
        var whole = Sum(group => group.All(letters.Contains));
        var touched = Sum(group => group.Any(letters.Contains));
        return mode switch
        {
            '+' => before => before | whole,
            '-' => before => before & ~touched,
            _ => _ => whole,
        };
    }

    static Rights Sum(Func<string, bool> isMeant) => Groups.Where(group => isMeant(group.Letters)).Aggregate(Rights.None, (sum, group) => sum | group.Right);
}
