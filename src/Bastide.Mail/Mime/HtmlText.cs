using System.Text;
using MimeKit.Text;

namespace Bastide.Mail.Mime;

/// <summary>The words of HTML, for previews and the search index. Nothing of it is ever shown as HTML.</summary>
static class HtmlText
{
    /// <summary>The text of the HTML, up to so many characters; lines where blocks end.</summary>
    public static string Of(string html, int most)
    {
        var text = new StringBuilder(Math.Min(most, html.Length));
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        var hidden = HtmlTagId.Unknown;
        while (text.Length < most && tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                if (hidden != HtmlTagId.Unknown)
                {
                    if (tag.IsEndTag && tag.Id == hidden) hidden = HtmlTagId.Unknown;
                    continue;
                }

                if (!tag.IsEndTag && !tag.IsEmptyElement && IsHidden(tag.Id)) hidden = tag.Id;
                else if (Breaks(tag.Id)) Break(text);
            }
            else if (token is HtmlDataToken data && token is not HtmlScriptDataToken && hidden == HtmlTagId.Unknown) Append(text, data.Data, most);
        }

        return text.ToString();
    }

    static void Append(StringBuilder text, string data, int most)
    {
        foreach (var c in data)
        {
            if (text.Length >= most) return;
            var isSpace = char.IsWhiteSpace(c) || c == '\u00A0';
            if (!isSpace) text.Append(c);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n')) text.Append(' ');
        }
    }

    static void Break(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] == ' ') text.Length--;
        if (text.Length > 0 && text[^1] != '\n') text.Append('\n');
    }

    static bool IsHidden(HtmlTagId id) => id is HtmlTagId.Script or HtmlTagId.Style or HtmlTagId.Title or HtmlTagId.NoScript or HtmlTagId.Head or HtmlTagId.Object;

    static bool Breaks(HtmlTagId id) => id is HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.LI or HtmlTagId.TR or HtmlTagId.TD or HtmlTagId.TH
        or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.H5 or HtmlTagId.H6 or HtmlTagId.BlockQuote or HtmlTagId.Pre
        or HtmlTagId.UL or HtmlTagId.OL or HtmlTagId.Table or HtmlTagId.HR or HtmlTagId.Section or HtmlTagId.Article or HtmlTagId.Header or HtmlTagId.Footer;
}
