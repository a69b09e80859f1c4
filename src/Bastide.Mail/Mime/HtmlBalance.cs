using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;
using MimeKit.Text;

namespace Bastide.Mail.Mime;

/// <summary>
/// Writes HTML anew, tag by tag, so that what the sanitiser then reads is balanced, not deeper than
/// <see cref="MaxDepth"/> and made of plain elements only: the rules by which HTML mends itself can make a small hostile
/// text large and deep enough to exhaust memory or stack. References to pictures are set apart on the way.
/// </summary>
sealed class HtmlBalance
{
    /// <summary>How deep elements may be within one another; deeper ones lose their tags and keep their text.</summary>
    const int MaxDepth = 200;

    const int MostTags = 60_000;
    // A newsletter has a few thousand; each is read as a style sheet of its own.
    const int MostStyledTags = 10_000;
    const int MostStyle = 128 * 1024;
    const int LongestAttribute = 8 * 1024;
    const int LongestPicture = 512 * 1024;

    static readonly FrozenSet<HtmlTagId> Dropped = FrozenSet.Create(
        HtmlTagId.Script, HtmlTagId.NoScript, HtmlTagId.Title, HtmlTagId.Object, HtmlTagId.Applet, HtmlTagId.Embed, HtmlTagId.IFrame,
        HtmlTagId.FrameSet, HtmlTagId.NoFrames, HtmlTagId.Select, HtmlTagId.TextArea, HtmlTagId.Xmp, HtmlTagId.NoEmbed, HtmlTagId.PlainText);

    static readonly FrozenSet<string> DroppedByName = FrozenSet.Create("svg", "math", "template", "audio", "video", "canvas");

    static readonly FrozenSet<string> Plain = FrozenSet.Create(
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup",
        "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike",
        "strong", "style", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr");

    static readonly FrozenSet<string> Void = FrozenSet.Create("br", "col", "hr", "img", "wbr");

    static readonly FrozenSet<string> Attributes = FrozenSet.Create(
        "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "cite", "class", "color", "colspan", "datetime", "dir", "face", "headers", "height",
        "href", "hspace", "id", "lang", "noshade", "nowrap", "open", "rowspan", "scope", "size", "span", "start", "style", "summary", "title", "type", "valign",
        "value", "vspace", "width");

    static readonly string[] Pictures = ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/jpg;base64,", "data:image/gif;base64,", "data:image/webp;base64,"];

    /// <summary>What a start tag ends that was left open, within the nearest element of the second list.</summary>
    static readonly FrozenDictionary<string, (string[] Ends, string[] Within)> Implied = new Dictionary<string, (string[], string[])>
    {
        ["p"] = (["p"], ["table", "td", "th", "div", "blockquote", "li"]),
        ["li"] = (["li"], ["ul", "ol", "table"]),
        ["dt"] = (["dt", "dd"], ["dl", "table"]),
        ["dd"] = (["dt", "dd"], ["dl", "table"]),
        ["tr"] = (["tr", "caption", "colgroup"], ["table"]),
        ["td"] = (["td", "th"], ["tr", "table"]),
        ["th"] = (["td", "th"], ["tr", "table"]),
        ["tbody"] = (["tbody", "thead", "tfoot", "caption", "colgroup"], ["table"]),
        ["thead"] = (["tbody", "thead", "tfoot", "caption", "colgroup"], ["table"]),
        ["tfoot"] = (["tbody", "thead", "tfoot", "caption", "colgroup"], ["table"]),
        ["a"] = (["a"], ["table", "td", "th"]),
    }.ToFrozenDictionary();

    readonly StringBuilder _out = new();
    readonly List<string> _open = [];
    int _depthLost;
    int _tags;
    int _style;
    int _styled;

    /// <summary>Writes it anew: one <c>div</c> with everything in it.</summary>
    public static string Of(string html)
    {
        var balance = new HtmlBalance();
        balance.Run(html);
        return balance._out.ToString();
    }

    void Run(string html)
    {
        var body = new StringBuilder();
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        var dropped = "";
        var nested = 0;
        var isStyle = false;
        while (tokenizer.ReadNextToken(out var token) && _tags < MostTags)
        {
            switch (token)
            {
                case HtmlTagToken tag:
                    _tags++;
                    var name = tag.Name.ToLowerInvariant();
                    if (dropped.Length > 0)
                    {
                        if (name == dropped && !tag.IsEmptyElement) nested += tag.IsEndTag ? -1 : 1;
                        if (nested == 0) dropped = "";
                    }
                    else if (Dropped.Contains(tag.Id) || DroppedByName.Contains(name))
                    {
                        if (tag.IsEndTag || tag.IsEmptyElement || tag.Id is HtmlTagId.Embed) continue;
                        (dropped, nested) = (name, 1);
                    }
                    else if (name == "body" && !tag.IsEndTag) WriteAttributes(body, name, tag.Attributes);
                    else if (name == "style") isStyle = Style(tag);
                    else if (Plain.Contains(name)) Tag(name, tag);
                    break;
                case HtmlDataToken data when dropped.Length == 0:
                    if (isStyle) StyleText(data.Data);
                    else if (token is not HtmlScriptDataToken) Text(data.Data);
                    break;
            }
        }

        while (_open.Count > 0) Close();
        _out.Insert(0, $"<div{body}>").Append("</div>");
    }

    void Tag(string name, HtmlTagToken tag)
    {
        if (tag.IsEndTag)
        {
            End(name);
            return;
        }

        if (Implied.TryGetValue(name, out var implied)) EndImplied(implied.Ends, implied.Within);
        if (Void.Contains(name))
        {
            _out.Append('<').Append(name);
            WriteAttributes(_out, name, tag.Attributes);
            _out.Append('>');
            return;
        }

        if (_open.Count >= MaxDepth)
        {
            _depthLost++;
            return;
        }

        _open.Add(name);
        _out.Append('<').Append(name);
        WriteAttributes(_out, name, tag.Attributes);
        _out.Append('>');
    }

    void End(string name)
    {
        if (name is "br" or "p" && !_open.Contains(name))
        {
            if (name == "br") _out.Append("<br>");
            return;
        }

        if (_depthLost > 0)
        {
            _depthLost--;
            return;
        }

        var at = _open.LastIndexOf(name);
        // The end of something outside does not end the cell it stands in.
        var cell = Math.Max(_open.LastIndexOf("td"), _open.LastIndexOf("th"));
        if (at < 0 || (at < cell && name is not ("table" or "tr" or "tbody" or "thead" or "tfoot" or "td" or "th"))) return;
        while (_open.Count > at) Close();
    }

    void EndImplied(string[] ends, string[] within)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (within.Contains(_open[i])) return;
            if (!ends.Contains(_open[i])) continue;
            while (_open.Count > i) Close();
            return;
        }
    }

    void Close()
    {
        _out.Append("</").Append(_open[^1]).Append('>');
        _open.RemoveAt(_open.Count - 1);
    }

    bool Style(HtmlTagToken tag)
    {
        if (!tag.IsEndTag && !tag.IsEmptyElement) _out.Append("<style>");
        else if (tag.IsEndTag) _out.Append("</style>");
        return !tag.IsEndTag && !tag.IsEmptyElement;
    }

    void StyleText(string css)
    {
        // A style sheet ends where the tokenizer says it does; nothing in it may look like an end or a comment of HTML.
        var text = css.Replace("<!--", "", StringComparison.Ordinal).Replace("-->", "", StringComparison.Ordinal).Replace("<", "", StringComparison.Ordinal);
        if ((_style += text.Length) <= MostStyle) _out.Append(text);
    }

    void Text(string text) => _out.Append(Escape(text));

    void WriteAttributes(StringBuilder to, string element, HtmlAttributeCollection attributes)
    {
        var seen = 0;
        foreach (var attribute in attributes)
        {
            var name = attribute.Name.ToLowerInvariant();
            if (++seen > 40) break;
            if (name == "style" && ++_styled > MostStyledTags) continue;
            if (element == "img" && name == "src") Picture(to, attribute.Value ?? "");
            else if (Attributes.Contains(name) && (attribute.Value ?? "").Length <= LongestAttribute) Write(to, name, attribute.Value ?? "");
        }
    }

    /// <summary>Nothing is fetched from afar before the reader asks for it (data-remote-src, data-cid).</summary>
    static void Picture(StringBuilder to, string source)
    {
        var url = source.Trim();
        if (url.StartsWith("cid:", StringComparison.OrdinalIgnoreCase)) Write(to, "data-cid", WebUtility.UrlDecode(url[4..].Replace("+", "%2B", StringComparison.Ordinal)));
        else if (url.StartsWith("//", StringComparison.Ordinal)) Write(to, "data-remote-src", "https:" + url);
        else if (url.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            if (url.Length <= LongestAttribute && Uri.TryCreate(url, UriKind.Absolute, out _)) Write(to, "data-remote-src", url);
        }
        else if (IsPicture(url) && url.Length <= LongestPicture) Write(to, "src", url);
    }

    static bool IsPicture(string url) =>
        Pictures.Any(kind => url.StartsWith(kind, StringComparison.OrdinalIgnoreCase));

    static void Write(StringBuilder to, string name, string value) => to.Append(' ').Append(name).Append("=\"").Append(Escape(value)).Append('"');

    static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            switch (c)
            {
                case '&': escaped.Append("&amp;"); break;
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '"': escaped.Append("&quot;"); break;
                case '\0': break;
                // What some parsers take for white space is written as a number.
                case '\u2028' or '\u2029' or '\u0085': escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)c};"); break;
                default: escaped.Append(c); break;
            }
        }

        return escaped.ToString();
    }
}
