using System.Text;

namespace Bastide.Mail.Mime;

/// <summary>Decodes text in the charsets that mail is written in.</summary>
static class Charsets
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static Charsets() => Register();

    /// <summary>
    /// Makes the charsets of old mail known to everything that looks one up by its name. To be called before MimeKit is
    /// first used: it remembers which charsets there were not.
    /// </summary>
    public static void Register() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text, and whether something in it could not be decoded as it says.</summary>
    public static (string Text, bool IsProblem) Decode(ReadOnlySpan<byte> octets, string? charset)
    {
        var name = (charset ?? "us-ascii").Trim().Trim('"', '\'').ToLowerInvariant();
        if (name is "us-ascii" or "ascii" or "") return Guess(octets);
        if (name is "utf-8" or "utf8" or "unicode-1-1-utf-8") return Utf8(octets);
        if (Find(name) is not { } encoding)
        {
            var (text, _) = Guess(octets);
            return (text, true);
        }

        var decoded = encoding.GetString(octets);
        return (decoded, decoded.Contains('\uFFFD'));
    }

    /// <summary>ASCII, or else what it most probably is: UTF-8, or the charset of old Windows programs.</summary>
    static (string Text, bool IsProblem) Guess(ReadOnlySpan<byte> octets)
    {
        if (Ascii.IsValid(octets)) return (Encoding.ASCII.GetString(octets), false);
        var (text, isProblem) = Utf8(octets);
        return isProblem && Find("windows-1252") is { } windows ? (windows.GetString(octets), true) : (text, true);
    }

    static (string Text, bool IsProblem) Utf8(ReadOnlySpan<byte> octets)
    {
        if (octets.StartsWith(Encoding.UTF8.Preamble)) octets = octets[3..];
        try
        {
            return (Strict.GetString(octets), false);
        }
        catch (DecoderFallbackException)
        {
            return (Encoding.UTF8.GetString(octets), true);
        }
    }

    /// <summary>The encoding of a name; names that programs use for a superset of what they mean get the superset.</summary>
    static Encoding? Find(string name)
    {
        var known = name switch
        {
            "iso-8859-1" or "iso8859-1" or "latin1" or "iso_8859-1" or "cp1252" or "x-ansi" or "ansi" => "windows-1252",
            "iso-8859-9" or "latin5" => "windows-1254",
            "iso-8859-8-i" or "iso-8859-8" => "windows-1255",
            "gb2312" or "gbk" or "x-gbk" or "gb_2312-80" or "cp936" => "gb18030",
            "ks_c_5601-1987" or "ks_c_5601" or "euc-kr" or "cp949" => "ks_c_5601-1987",
            "shift_jis" or "shift-jis" or "sjis" or "x-sjis" or "cp932" or "windows-31j" => "shift_jis",
            "big5-hkscs" or "x-x-big5" or "cp950" => "big5",
            "tis-620" => "windows-874",
            _ when name.StartsWith("cp", StringComparison.Ordinal) && name.Length is > 2 and < 8 => "windows-" + name[2..].TrimStart('-'),
            _ => name,
        };
        try
        {
            return Encoding.GetEncoding(known);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
