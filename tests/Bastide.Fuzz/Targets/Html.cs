using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Bastide.Mail.Mime;

namespace Bastide.Fuzz.Targets;

/// <summary>
/// HTML of anybody made safe: read as a browser reads it, what comes out holds no element and no attribute that runs or
/// fetches anything, and made safe again it stays so.
/// </summary>
static class Html
{
    static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
        "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp",
        "section", "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
    };

    static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "cite", "class", "color", "colspan", "data-cid", "data-remote-src", "datetime", "dir", "face", "headers", "height", "href", "hspace", "id",
        "lang", "noshade", "nowrap", "open", "rel", "rowspan", "scope", "size", "span", "src", "start", "style", "summary", "target", "title", "type", "valign", "value", "vspace", "width",
    };

    static readonly string[] Styles = ["url(", "@import", "expression(", "image-set(", ";behavior:", "{behavior:", "-moz-binding", "javascript:", "@font-face", "@namespace"];

    public static void Run(byte[] input)
    {
        var html = Encoding.UTF8.GetString(input);
        var safe = SafeHtml.Sanitize(html);
        Invariant.Holds(safe.Length <= (12 * html.Length) + 1000, $"{html.Length} characters became {safe.Length}");
        Check(safe);
        Check(SafeHtml.Sanitize(safe));
    }

    static void Check(string safe)
    {
        using var document = new HtmlParser(new HtmlParserOptions { IsScripting = true }).ParseDocument("<!DOCTYPE html><body>" + safe);
        Invariant.Holds(document.Head is null || document.Head.ChildElementCount == 0, $"Something went to the head: {safe}");
        foreach (var element in document.Body!.QuerySelectorAll("*")) Check(element, safe);
    }

    static void Check(IElement element, string safe)
    {
        Invariant.Holds(element.NamespaceUri == "http://www.w3.org/1999/xhtml" && Elements.Contains(element.LocalName), $"There is an element {element.LocalName}: {safe}");
        if (element is IHtmlStyleElement) CheckStyle(element.TextContent, safe);
        foreach (var attribute in element.Attributes)
        {
            Invariant.Holds(Attributes.Contains(attribute.Name), $"There is an attribute {attribute.Name}: {safe}");
            var value = attribute.Value;
            switch (attribute.Name)
            {
                case "src":
                    Invariant.Holds(element.LocalName == "img" && value.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) && !value.Contains("svg", StringComparison.OrdinalIgnoreCase), $"{element.LocalName} fetches {value}: {safe}");
                    break;
                case "href" or "cite":
                    CheckLink(value, safe);
                    break;
                case "style":
                    CheckStyle(value, safe);
                    break;
                case "data-remote-src" or "data-cid":
                    Invariant.Holds(element.LocalName == "img", $"{element.LocalName} has a picture: {safe}");
                    break;
            }
        }
    }

    static void CheckLink(string value, string safe)
    {
        // As a browser takes it: without control characters and spaces before it, without line ends within it.
        var url = new string([.. value.SkipWhile(c => c <= ' ').Where(c => c is not ('\t' or '\r' or '\n'))]);
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        var isRelative = colon < 0 || url.AsSpan(0, colon).IndexOfAny('/', '?', '#') >= 0 || !char.IsAsciiLetter(url[0]) || url.AsSpan(0, colon).ContainsAnyExcept(Scheme);
        Invariant.Holds(isRelative || url[..colon].ToLowerInvariant() is "http" or "https" or "mailto" or "tel", $"A link leads to {url}: {safe}");
    }

    static readonly System.Buffers.SearchValues<char> Scheme = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    static void CheckStyle(string css, string safe)
    {
        var plain = css.Replace(" ", "", StringComparison.Ordinal);
        foreach (var word in Styles) Invariant.Holds(!plain.Contains(word, StringComparison.OrdinalIgnoreCase), $"A style holds {word}: {safe}");
    }
}
