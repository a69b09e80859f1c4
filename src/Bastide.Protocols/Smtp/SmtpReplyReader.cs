using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Bastide.Protocols.Smtp;

/// <summary>
/// Reads the answers of another server, line by line, bounded in length and number. RFC 5321 §4.2.1: the code may be
/// followed by nothing at all; enhanced status codes are taken where they are well formed.
/// </summary>
public sealed class SmtpReplyReader
{
    const int LongestLine = 4096;
    const int MostLines = 128;
    readonly SmtpLineReader _lines = new();
    readonly List<string> _texts = [];
    int _code;

    /// <summary>
    /// Takes the next whole reply off the buffer; false when it has not all come. Throws
    /// <see cref="InvalidDataException"/> when what comes is not SMTP.
    /// </summary>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, [NotNullWhen(true)] out SmtpReply? reply)
    {
        reply = null;
        while (_lines.TryRead(ref buffer, LongestLine, out var line))
        {
            if (line.Fault != SmtpLineFault.None) throw new InvalidDataException("The server's reply has a line that SMTP does not allow.");
            var text = Encoding.UTF8.GetString(line.Text);
            if (text.Length < 3 || !int.TryParse(text.AsSpan(0, 3), System.Globalization.NumberStyles.None, null, out var code) || code is < 200 or > 599)
                throw new InvalidDataException("The server's reply does not begin with a reply code.");
            if (_texts.Count > 0 && code != _code) throw new InvalidDataException("The lines of the server's reply have different codes.");
            if (_texts.Count == MostLines) throw new InvalidDataException("The server's reply has too many lines.");
            _code = code;
            _texts.Add(text.Length > 4 ? text[4..] : "");
            if (text.Length > 3 && text[3] == '-') continue;
            reply = Make();
            return true;
        }

        return false;
    }

    SmtpReply Make()
    {
        var enhanced = EnhancedOf(_texts[0], _code);
        if (enhanced is not null)
            for (var i = 0; i < _texts.Count; i++)
                if (_texts[i].StartsWith(enhanced, StringComparison.Ordinal))
                    _texts[i] = _texts[i][enhanced.Length..].TrimStart();
        var reply = new SmtpReply(_code, enhanced, _texts.ToArray());
        _texts.Clear();
        return reply;
    }

    static string? EnhancedOf(string text, int code)
    {
        var end = text.IndexOf(' ', StringComparison.Ordinal);
        var candidate = end < 0 ? text : text[..end];
        var parts = candidate.Split('.');
        if (parts.Length != 3 || parts[0].Length != 1 || parts[0][0] != (char)('0' + (code / 100))) return null;
        foreach (var part in parts)
            if (part.Length is 0 or > 3 || !part.All(char.IsAsciiDigit))
                return null;
        return candidate;
    }
}
