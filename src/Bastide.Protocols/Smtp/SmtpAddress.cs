using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bastide.Protocols.Smtp;

/// <summary>A mailbox, <c>local-part@domain</c>. RFC 5321 §4.1.2, with the characters of RFC 6531 §3.3.</summary>
/// <param name="Local">The local part, its quotes removed.</param>
/// <param name="Domain">The domain or address literal as it was written; empty only for <c>Postmaster</c> alone.</param>
public sealed record SmtpAddress(string Local, string Domain)
{
    const int LongestLocal = 64;
    const int LongestDomain = 255;
    const int LongestLabel = 63;

    /// <summary>Whether it can be said without SMTPUTF8.</summary>
    public bool IsAscii => Ascii.IsValid(Local) && Ascii.IsValid(Domain);

    /// <summary>Whether the domain is an address literal such as <c>[192.0.2.1]</c>.</summary>
    public bool IsLiteral => Domain.StartsWith('[');

    /// <summary>Reads the whole of a text as a mailbox; false for anything else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SmtpAddress? address)
    {
        var at = 0;
        return TryRead(text, ref at, out address) && at == text.Length;
    }

    /// <summary>The form that crosses the wire, with quotes where the local part needs them.</summary>
    public override string ToString()
    {
        var local = IsDotString(Local) ? Local : Quote(Local);
        return Domain.Length == 0 ? local : local + "@" + Domain;
    }

    internal static bool TryRead(string text, ref int at, [NotNullWhen(true)] out SmtpAddress? address)
    {
        address = null;
        if (!TryReadLocal(text, ref at, out var local)) return false;
        if (at >= text.Length || text[at] != '@') return false;
        at++;
        if (!TryReadDomain(text, ref at, out var domain)) return false;
        address = new SmtpAddress(local, domain);
        return true;
    }

    internal static bool TryReadDomain(string text, ref int at, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        var start = at;
        if (at < text.Length && text[at] == '[')
        {
            var close = text.IndexOf(']', at);
            if (close < 0 || close - at > LongestDomain) return false;
            at = close + 1;
            domain = text[start..at];
            return IsLiteralAddress(domain.AsSpan(1, domain.Length - 2));
        }

        while (at < text.Length && (text[at] is '.' or '-' || char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_' || text[at] > 127)) at++;
        if (at == start || at - start > LongestDomain) return false;
        foreach (var label in text[start..at].Split('.'))
            if (label.Length is 0 or > LongestLabel || label[0] == '-' || label[^1] == '-')
                return false;
        domain = text[start..at];
        return true;
    }

    static bool TryReadLocal(string text, ref int at, [NotNullWhen(true)] out string? local)
    {
        local = null;
        if (at < text.Length && text[at] == '"') return TryReadQuoted(text, ref at, out local);
        var start = at;
        while (at < text.Length && (IsAtomCharacter(text[at]) || text[at] == '.')) at++;
        local = text[start..at];
        return IsDotString(local) && Encoding.UTF8.GetByteCount(local) <= LongestLocal;
    }

    static bool TryReadQuoted(string text, ref int at, [NotNullWhen(true)] out string? local)
    {
        local = null;
        var content = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && ++at == text.Length) return false;
            if (char.IsControl(text[at])) return false;
            content.Append(text[at]);
        }

        if (at >= text.Length) return false;
        at++;
        local = content.ToString();
        return Encoding.UTF8.GetByteCount(local) <= LongestLocal;
    }

    static bool IsLiteralAddress(ReadOnlySpan<char> literal) =>
        literal.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase)
            ? IPAddress.TryParse(literal[5..], out var six) && six.AddressFamily == AddressFamily.InterNetworkV6
            : IPAddress.TryParse(literal, out var four) && four.AddressFamily == AddressFamily.InterNetwork && literal.Count('.') == 3;

    static bool IsDotString(string text)
    {
        if (text.Length == 0 || text[0] == '.' || text[^1] == '.' || text.Contains("..", StringComparison.Ordinal)) return false;
        foreach (var c in text)
            if (c != '.' && !IsAtomCharacter(c))
                return false;
        return true;
    }

    static bool IsAtomCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c > 127 || "!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal);

    static string Quote(string local) =>
        "\"" + local.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
