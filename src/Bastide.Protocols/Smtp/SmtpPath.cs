using System.Diagnostics.CodeAnalysis;

namespace Bastide.Protocols.Smtp;

/// <summary>
/// The argument of MAIL and RCPT: a path in angle brackets and the parameters of extensions.
/// RFC 5321 §4.1.1.2, §4.1.1.3, §4.1.2.
/// </summary>
/// <param name="Address">The mailbox; null for the null reverse-path <c>&lt;&gt;</c>.</param>
/// <param name="Parameters">By name, without regard to case; null values for those without <c>=</c>.</param>
public sealed record SmtpPath(SmtpAddress? Address, IReadOnlyDictionary<string, string?> Parameters)
{
    const int LongestPath = 256 + 2;
    const int MostParameters = 20;

    /// <summary>
    /// Reads what follows the verb. A source route is passed over as RFC 5321 appendix F.2 asks, and one space after the
    /// colon is borne with. False for anything that is not of the grammar.
    /// </summary>
    /// <param name="argument">What follows <c>MAIL</c> or <c>RCPT</c>.</param>
    /// <param name="keyword"><c>FROM:</c> or <c>TO:</c>.</param>
    /// <param name="path">What was read.</param>
    public static bool TryParse(string argument, string keyword, [NotNullWhen(true)] out SmtpPath? path)
    {
        path = null;
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)) return false;
        var at = keyword.Length;
        if (at < argument.Length && argument[at] == ' ') at++;
        var start = at;
        if (at >= argument.Length || argument[at++] != '<') return false;
        if (!TrySkipRoute(argument, ref at) || !TryReadMailbox(argument, ref at, out var address)) return false;
        if (at >= argument.Length || argument[at++] != '>' || at - start > LongestPath) return false;
        if (!TryReadParameters(argument[at..], out var parameters)) return false;
        path = new SmtpPath(address, parameters);
        return true;
    }

    static bool TrySkipRoute(string text, ref int at)
    {
        if (at >= text.Length || text[at] != '@') return true;
        while (at < text.Length && text[at] == '@')
        {
            at++;
            if (!SmtpAddress.TryReadDomain(text, ref at, out _) || at >= text.Length) return false;
            if (text[at] == ':')
            {
                at++;
                return true;
            }

            if (text[at++] != ',') return false;
        }

        return false;
    }

    static bool TryReadMailbox(string text, ref int at, out SmtpAddress? address)
    {
        address = null;
        if (at < text.Length && text[at] == '>') return true;
        // "Postmaster" is the one mailbox that needs no domain (RFC 5321 §4.1.1.3).
        if (text.AsSpan(at).StartsWith("postmaster>", StringComparison.OrdinalIgnoreCase))
        {
            address = new SmtpAddress(text.Substring(at, 10), "");
            at += 10;
            return true;
        }

        return SmtpAddress.TryRead(text, ref at, out address);
    }

    static bool TryReadParameters(string text, [NotNullWhen(true)] out Dictionary<string, string?>? parameters)
    {
        parameters = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (text.Length == 0) return true;
        if (text[0] != ' ') return false;
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? null : part[(equals + 1)..];
            if (name.Length == 0 || value is { Length: 0 } || parameters.Count == MostParameters) return false;
            foreach (var c in name)
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                    return false;
            if (value is not null && (value.Contains('=', StringComparison.Ordinal) && !name.Equals("AUTH", StringComparison.OrdinalIgnoreCase))) return false;
            if (!parameters.TryAdd(name, value)) return false;
        }

        return true;
    }
}
