using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Bastide.Protocols.Smtp;

/// <summary>A command line: <c>verb [SP argument]</c>. RFC 5321 §4.1.1.</summary>
/// <param name="Verb">In upper case.</param>
/// <param name="Argument">What follows the space, without spaces at its end; empty when there is none.</param>
public sealed record SmtpCommand(string Verb, string Argument)
{
    const int LongestVerb = 16;
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Reads a line. False when it does not begin with letters, or is not UTF-8 (RFC 6531 §3.6), or holds a control
    /// character: then no verb can be made of it.
    /// </summary>
    public static bool TryParse(ReadOnlySequence<byte> line, [NotNullWhen(true)] out SmtpCommand? command)
    {
        command = null;
        string text;
        try
        {
            text = Utf8.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        foreach (var c in text)
            if (char.IsControl(c) && c != '\t')
                return false;
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var verb = space < 0 ? text : text[..space];
        if (verb.Length is 0 or > LongestVerb) return false;
        foreach (var c in verb)
            if (!char.IsAsciiLetter(c))
                return false;
        command = new SmtpCommand(verb.ToUpperInvariant(), space < 0 ? "" : text[(space + 1)..].TrimEnd(' ', '\t'));
        return true;
    }
}
