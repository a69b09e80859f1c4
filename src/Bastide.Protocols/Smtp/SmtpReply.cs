using System.Buffers;
using System.Globalization;
using System.Text;

namespace Bastide.Protocols.Smtp;

/// <summary>
/// An answer: a code, an enhanced status code (RFC 3463) where there is one, and lines of text. RFC 5321 §4.2, RFC 2034.
/// </summary>
public sealed class SmtpReply
{
    const int LongestText = 400;

    /// <summary>Makes one. Text lines are cut, and what cannot stand in a reply is replaced, so that nothing of a peer's words breaks out.</summary>
    /// <param name="code">Three digits, 200 to 599.</param>
    /// <param name="enhanced">The enhanced status code, or null for the greeting, EHLO, 354 and 334.</param>
    /// <param name="lines">What people read; at least one line.</param>
    public SmtpReply(int code, string? enhanced, params IReadOnlyList<string> lines)
    {
        Code = code;
        Enhanced = enhanced;
        Lines = [.. lines.Select(Clean)];
    }

    /// <summary>The reply code.</summary>
    public int Code { get; }

    /// <summary>The enhanced status code, or null.</summary>
    public string? Enhanced { get; }

    /// <summary>The lines of text.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>2xx: done.</summary>
    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>3xx: go on.</summary>
    public bool IsIntermediate => Code is >= 300 and < 400;

    /// <summary>4xx: perhaps later.</summary>
    public bool IsTransient => Code is >= 400 and < 500;

    /// <summary>5xx: never.</summary>
    public bool IsPermanent => Code is >= 500 and < 600;

    /// <summary>Writes it with its line ends.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        for (var i = 0; i < Lines.Count; i++)
        {
            Write(output, Code.ToString(CultureInfo.InvariantCulture));
            Write(output, i == Lines.Count - 1 ? " " : "-");
            if (Enhanced is not null)
            {
                Write(output, Enhanced);
                Write(output, " ");
            }

            Write(output, Lines[i]);
            Write(output, "\r\n");
        }
    }

    /// <summary>The reply on one line, as JMAP's <c>smtpReply</c> and delivery reports show it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Code}{(Enhanced is null ? "" : " " + Enhanced)} {string.Join(' ', Lines)}").TrimEnd();

    static void Write(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);

    static string Clean(string text)
    {
        if (text.Length > LongestText) text = text[..LongestText];
        return string.Create(text.Length, text, static (span, from) =>
        {
            for (var i = 0; i < from.Length; i++) span[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? '?' : from[i];
        });
    }
}
