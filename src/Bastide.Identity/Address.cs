using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Bastide.Identity;

/// <summary>
/// An address of the workplace in its one stored form: both parts in lower case, the local part in NFC, the domain as
/// A-labels (RFC 5890), so that two spellings of one address never name two people.
/// </summary>
readonly record struct Address(string LocalPart, string Domain)
{
    const int LongestLocalPart = 64;
    const int LongestDomain = 253;
    static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    public override string ToString() => LocalPart + "@" + Domain;

    /// <summary>The address without its detail: <c>alice+news@…</c> is <c>alice@…</c> (RFC 5233).</summary>
    public Address WithoutDetail =>
        LocalPart.IndexOf('+', StringComparison.Ordinal) is > 0 and var at ? this with { LocalPart = LocalPart[..at] } : this;

    /// <summary>Reads what a person or a peer wrote; false for what cannot be an address here.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Address address)
    {
        address = default;
        if (text is null || text.Length > LongestLocalPart + 1 + (LongestDomain * 2)) return false;
        text = text.Trim();
        var at = text.LastIndexOf('@');
        if (at < 1 || !TryParseLocalPart(text[..at], out var local) || !TryParseDomain(text[(at + 1)..], out var domain)) return false;
        address = new Address(local, domain);
        return true;
    }

    /// <summary>Reads a user name: an address, or the local part alone on the primary domain.</summary>
    public static bool TryParseUser([NotNullWhen(true)] string? text, string primaryDomain, out Address address) =>
        TryParse(text is not null && !text.Contains('@', StringComparison.Ordinal) ? $"{text}@{primaryDomain}" : text, out address);

    /// <summary>Reads a domain, written in A-labels or U-labels; false for what is none.</summary>
    public static bool TryParseDomain([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        if (text is null || text.Length > LongestDomain * 2) return false;
        try
        {
            var ascii = Idn.GetAscii(text.Trim().TrimEnd('.').Normalize(NormalizationForm.FormC).ToLowerInvariant()).ToLowerInvariant();
            if (ascii.Length is 0 or > LongestDomain || ascii.All(c => char.IsAsciiDigit(c) || c == '.')) return false;
            domain = ascii;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>An atom of RFC 5321 §4.1.2 with dots inside, extended by RFC 6531 §3.3 to letters of every script.</summary>
    static bool TryParseLocalPart(string text, [NotNullWhen(true)] out string? local)
    {
        local = null;
        try
        {
            text = text.Normalize(NormalizationForm.FormC).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false;
        }

        if (Encoding.UTF8.GetByteCount(text) > LongestLocalPart) return false;
        if (text[0] == '.' || text[^1] == '.' || text.Contains("..", StringComparison.Ordinal)) return false;
        foreach (var rune in text.EnumerateRunes())
        {
            var allowed = rune.IsAscii
                ? Rune.IsLetterOrDigit(rune) || "!#$%&'*+-/=?^_`{|}~.".Contains((char)rune.Value, StringComparison.Ordinal)
                : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (!allowed) return false;
        }

        local = text;
        return true;
    }
}
