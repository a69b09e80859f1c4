using System.Globalization;
using System.Text;

namespace Bastide.Contacts;

/// <summary>Texts as searches compare them: without case, accents and joined letters.</summary>
static class FoldedText
{
    /// <summary>The folded text.</summary>
    public static string Of(string text)
    {
        if (System.Text.Ascii.IsValid(text)) return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        foreach (var c in Decomposed(text))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            switch (char.ToLowerInvariant(c))
            {
                case 'œ': folded.Append("oe"); break;
                case 'æ': folded.Append("ae"); break;
                case 'ß': folded.Append("ss"); break;
                case 'ø': folded.Append('o'); break;
                case 'ł': folded.Append('l'); break;
                case 'đ': folded.Append('d'); break;
                case '’': folded.Append('\''); break;
                case var lower: folded.Append(lower); break;
            }
        }

        return folded.ToString();
    }

    /// <summary>Several texts folded, a line each.</summary>
    public static string Of(IEnumerable<string?> texts) => Of(string.Join('\n', texts.Where(text => !string.IsNullOrEmpty(text))));

    /// <summary>
    /// What a person types, as the pieces that must each be there: words, and what stands in quotes as it is (RFC 9610 §3.3.1).
    /// </summary>
    public static List<string> Pieces(string text, int most)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length && (text[i + 1] is '"' or '\'' or '\\')) piece.Append(text[++i]);
            else if (quote != '\0' && c == quote) End();
            // An apostrophe within a word is none that opens a phrase.
            else if (quote == '\0' && piece.Length == 0 && (c is '"' or '\'') && text.IndexOf(c, i + 1) > 0) quote = c;
            else if (quote == '\0' && char.IsWhiteSpace(c)) End();
            else piece.Append(c);
        }

        End();
        return pieces;

        void End()
        {
            if (piece.Length > 0 && pieces.Count < most) pieces.Add(Of(piece.ToString()));
            piece.Clear();
            quote = '\0';
        }
    }

    static string Decomposed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair.
            return text;
        }
    }
}
