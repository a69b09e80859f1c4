using System.Text;
using System.Text.RegularExpressions;
using Bastide.Mail.Mime;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Mail.Tests.Mime;

/// <summary>HTML of a stranger made safe: nothing runs, nothing is fetched, nothing leaves the page.</summary>
public sealed partial class SafeHtmlTests
{
    public static TheoryData<string> Attacks =>
    [
        "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script", "<script>alert(1)", "<!--><script>alert(1)</script>-->",
        "<img src=x onerror=alert(1)>", "<img/src=x/onerror=alert(1)>", "<body onload=alert(1)>", "<div ONCLICK='alert(1)'>x</div>", "<details open ontoggle=alert(1)>", "<a href=x onfocus=alert(1) autofocus>",
        "<a href=\"javascript:alert(1)\">x</a>", "<a href=\" jAvAsCrIpT:alert(1)\">x</a>", "<a href=\"java\nscript:alert(1)\">x</a>", "<a href=\"java&#9;script:alert(1)\">x</a>", "<a href=\"&#1;javascript:alert(1)\">x</a>", "<a href=\"&#x6A;avascript&colon;alert(1)\">x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>", "<a href=\"vbscript:x\">x</a>", "<a href=\"blob:x\">x</a>", "<a href=\"file:///etc/passwd\">x</a>", "<a href=\"//evil.example\" ping=\"https://evil.example\" download>x</a>",
        "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">", "<img src=\"data:image/svg+xml;base64,AAAA\">", "<img src=\"data:text/html;base64,AAAA\">", "<img src=\"javascript:alert(1)\">", "<img src=\"https://evil.example/a.png\">", "<img src=\"//evil.example/a.png\">", "<img src='\\\\evil.example\\a'>",
        "<img srcset=\"https://evil.example/a 1x\">", "<img lowsrc=https://evil.example/a dynsrc=https://evil.example/b longdesc=https://evil.example/c usemap=#x>", "<picture><source srcset=https://evil.example/a><img></picture>", "<input type=image src=https://evil.example/a>",
        "<table background=https://evil.example/a><td background=https://evil.example/b>x</table>", "<body background=https://evil.example/a>", "<video src=https://evil.example/a poster=https://evil.example/b></video>", "<audio src=https://evil.example/a autoplay>", "<track src=https://evil.example/a>",
        "<div style=\"background:url(https://evil.example/a)\">x</div>", "<a href=\"https://example.org\" style=\"background:url(https://evil.example/a)\">x</a>", "<blockquote style=\"background-image:url('https://evil.example/a')\">x</blockquote>", "<q style=\"list-style:url(https://evil.example/a)\">x</q>", "<ins style='background:url(//evil.example/a)'>x</ins>",
        "<div style=\"background:\\75rl(https://evil.example/a)\">x</div>", "<div style=\"background:u/**/rl(https://evil.example/a)\">x</div>", "<div style=\"background:image-set('https://evil.example/a' 1x)\">x</div>", "<div style=\"background:-webkit-image-set(url(https://evil.example/a) 1x)\">x</div>",
        "<div style=\"background:cross-fade(url(https://evil.example/a), url(https://evil.example/b))\">x</div>", "<div style=\"background:image(https://evil.example/a)\">x</div>", "<div style=\"border-image:url(https://evil.example/a)\">x</div>", "<div style=\"mask:url(https://evil.example/a);filter:url(https://evil.example/a);cursor:url(https://evil.example/a)\">x</div>",
        "<div style=\"content:url(https://evil.example/a)\">x</div>", "<div style=\"shape-outside:url(https://evil.example/a)\">x</div>", "<div style=\"--x:url(https://evil.example/a);background:var(--x)\">x</div>", "<div style=\"width:expression(alert(1))\">x</div>", "<div style=\"behavior:url(x.htc);-moz-binding:url(https://evil.example/a)\">x</div>",
        "<div style=\"background:url(data:image/svg+xml,<svg onload=alert(1)>)\">x</div>", "<div style=\"position:fixed;top:0;left:0;width:100%;height:100%;z-index:99999\">x</div>", "<div style=\"src:url(https://evil.example/a)\">x</div>",
        "<style>@import 'https://evil.example/a.css';</style>", "<style>@import url(https://evil.example/a.css);</style>", "<style>@font-face{font-family:x;src:url(https://evil.example/a)}</style>", "<style>body{background:url(https://evil.example/a)}</style>", "<style>@media all{@import 'https://evil.example/a';p{background:url(https://evil.example/a)}}</style>",
        "<style>a[href^=x]{background:image-set('https://evil.example/a' 1x)}</style>", "<style>@namespace x url(https://evil.example/a);</style>", "<style>@charset 'utf-7';@page{background:url(https://evil.example/a)}</style>", "<style></style/><script>alert(1)</script></style>", "<style><!--</style><script>alert(1)</script>--></style>", "<style>p{color:red}</style <script>alert(1)</script>",
        "<style>@supports (display:block){p{background:url(https://evil.example/a)}}@document url(https://evil.example/){p{color:red}}@keyframes k{from{background:url(https://evil.example/a)}}</style>", "<style>xdocument url(https://evil.example/){p{color:red}}</style>", "<style>x@import 'https://evil.example/';{p{color:red}}</style>", "<style>a|@font-face x(1){color:red}</style>", "<link rel=stylesheet href=https://evil.example/a.css>", "<link rel=prefetch href=https://evil.example/a>",
        "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><image href=https://evil.example/a /></svg>", "<svg><use href=\"data:image/svg+xml,x\"/></svg>", "<svg><style><img src=x onerror=alert(1)></style></svg>", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">", "<math><maction actiontype=statusline#http://x xlink:href=\"javascript:alert(1)\">x</maction></math>", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<form action=https://evil.example><input name=p type=password><button formaction=javascript:alert(1)>x</button></form>", "<isindex action=javascript:alert(1) type=image>", "<keygen autofocus onfocus=alert(1)>", "<select autofocus onfocus=alert(1)><option>x</select>", "<textarea autofocus onfocus=alert(1)></textarea><script>alert(1)</script>",
        "<meta http-equiv=refresh content=\"0;url=https://evil.example\">", "<base href=https://evil.example/><a href=a>x</a>", "<base target=_top>", "<iframe src=https://evil.example></iframe>", "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>", "<frameset><frame src=https://evil.example></frameset>", "<object data=https://evil.example/a></object>", "<embed src=https://evil.example/a>", "<applet code=x>", "<portal src=https://evil.example>",
        "<template><script>alert(1)</script></template>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<noembed><img title=\"</noembed><img src=x onerror=alert(1)>\">", "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">", "<title><a title=\"</title><img src=x onerror=alert(1)>\">", "<plaintext><img src=x onerror=alert(1)>", "<noframes><p title=\"</noframes><img src=x onerror=alert(1)>\">",
        "<a title='<img src=x onerror=alert(1)>'>x</a>", "<p title=\"`><img src=x onerror=alert(1)>\">x</p>", "<![CDATA[<script>alert(1)</script>]]>", "<?xml-stylesheet href=\"javascript:alert(1)\"?>", "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>&y;", "<\0script>alert(1)</script>", "<img src=x on\0error=alert(1)>", "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
        "<a id=documentElement name=body class=\"app-shell\" href=#>x</a>", "<div data-remote-src=https://evil.example/a data-cid=x contenteditable is=x-y slot=s part=p>x</div>", "<dialog open>x</dialog><slot></slot><marquee onstart=alert(1)>x</marquee><bgsound src=https://evil.example/a><layer src=https://evil.example/a><ilayer src=x>", "<p xml:base=javascript:alert(1)><a href=#>x</a>", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Nothing_of_it_runs_or_is_fetched(string html)
    {
        foreach (var around in (string[])["{0}", "<html><head>{0}</head><body>needle</body></html>", "<table><tr><td>{0}</td></tr></table>", "<p><b><i>{0}", "<div title='\">{0}"])
            Check(SafeHtml.Sanitize(around.Replace("{0}", html, StringComparison.Ordinal)));
    }

    static void Check(string safe)
    {
        // Tags and attributes are looked at as a browser would find them; texts may say what they like.
        foreach (Match tag in Tag().Matches(safe))
        {
            var name = tag.Groups[1].Value.ToLowerInvariant();
            Forbidden.ShouldNotContain(name, safe);
            foreach (Match attribute in Attribute().Matches(tag.Groups[2].Value))
            {
                var (key, value) = (attribute.Groups[1].Value.ToLowerInvariant(), System.Net.WebUtility.HtmlDecode(attribute.Groups[2].Value));
                key.ShouldNotStartWith("on", Case.Insensitive, safe);
                (key is "srcset" or "background" or "ping" or "action" or "formaction" or "poster" or "srcdoc" or "xlink:href" or "name" or "download" or "contenteditable").ShouldBeFalse(safe);
                if (key == "src") value.ShouldMatch("^data:image/(png|jpeg|jpg|gif|webp);base64,", safe);
                if (key == "href") value.ShouldMatch("^(https?:|mailto:|tel:|#|&|[^:]*$)", safe);
                if (key == "style") CheckStyle(value, safe);
                if (key == "data-remote-src") name.ShouldBe("img", safe);
            }
        }

        foreach (Match sheet in Sheet().Matches(safe)) CheckStyle(sheet.Groups[1].Value, safe);
    }

    static void CheckStyle(string css, string safe)
    {
        var plain = Comment().Replace(css, "");
        foreach (var word in (string[])["evil.example", "url(", "@import", "expression", "image-set", "behavior", "-moz-binding", "javascript:", " position:", ";position:", "@font-face", "@namespace"])
            plain.ShouldNotContain(word, Case.Insensitive, safe);
    }

    [Fact]
    public void What_is_harmless_stays()
    {
        var safe = SafeHtml.Sanitize("""
            <h1 style="color:red;text-align:center">Titre</h1><p>Écrit en <b>gras</b>, <a href="https://example.org/a?b=c&amp;d=e">lien</a>, <a href="mailto:a@example.org">écrire</a></p>
            <table border=1 cellpadding=2><tr><td colspan=2 bgcolor="#fff">x</td></tr></table><img src="cid:image%40example.org" alt="ici" width=10><img src="https://example.org/a.png" alt="là">
            <img src="data:image/png;base64,AAAA"><blockquote>cité</blockquote><pre>a  b</pre><ul><li>un<li>deux</ul><style>.a{color:blue}@media (max-width:600px){.a{color:red}}</style>
            """);
        foreach (var kept in (string[])["<h1 style=\"", "text-align: center", "<b>gras</b>", "href=\"https://example.org/a?b=c&amp;d=e\"", "target=\"_blank\"", "rel=\"noopener noreferrer\"", "href=\"mailto:a@example.org\"",
            "colspan=\"2\"", "data-cid=\"image@example.org\"", "data-remote-src=\"https://example.org/a.png\"", "src=\"data:image/png;base64,AAAA\"", "<blockquote>cité</blockquote>", "<li>un</li>", ".a", "@media"])
            safe.ShouldContain(kept, Case.Sensitive, safe);
    }

    public static TheoryData<string, string> Floods => new()
    {
        { "<div>", "" }, { "<b>", "" }, { "<p><b>", "" }, { "<a>", "" }, { "<table>", "" }, { "<table><tr><td>", "" }, { "<table><b>", "" }, { "</div>", "" }, { "<b><p></b>", "" }, { "<font><table>", "" }, { "<", "" }, { "<a <", "" }, { "<!--", "" }, { "&", "" }, { "&#", "" }, { "&amp", "" },
        { "<a ", "" }, { " x", "<a" }, { " x=\"", "<a" }, { "<li>", "<ul>" }, { "<select><option>", "" }, { "<svg>", "" }, { "<math><mi>", "" }, { "<template>", "" }, { "<script>", "" }, { "<style>", "" }, { "<title>", "" }, { "<![CDATA[", "" }, { "<?x", "" }, { "<p style=\"color:red\">", "" },
        { "@media all{", "<style>" }, { "{", "<style>" }, { "(", "<style>a{color:" }, { "[", "<style>" }, { ":not(", "<style>" }, { "a,", "<style>" }, { "a>", "<style>" }, { "calc(", "<style>a{width:" }, { "/*", "<style>" }, { "\\", "<style>" }, { "\"", "<style>" }, { "@import ", "<style>" }, { "a{b:c}", "<style>" }, { "@x ", "<style>" }, { "@supports (", "<style>" }, { "@supports not ", "<style>" }, { "url(", "<style>a{background:" }, { "var(--a,", "<style>a{width:" }, { ":is(a,", "<style>" }, { "<!--", "<style>" },
        { "(", "<p style=\"color:" }, { "calc(", "<p style=\"width:" }, { "url(", "<p style=\"background:" }, { "a:b;", "<p style=\"" }, { "{", "<p style=\"" }, { "rgb(", "<p style=\"color:" }, { "\\", "<p style=\"" }, { "/*", "<p style=\"" }, { "var(--a,", "<p style=\"width:" },
    };

    /// <summary>Time and memory grow with the size alone: one stack overflow here would end the whole program.</summary>
    [Theory]
    [MemberData(nameof(Floods))]
    public async Task A_flood_of_one_thing_is_gone_through_in_time(string unit, string before)
    {
        var html = new StringBuilder(before);
        while (html.Length < SafeHtml.Most) html.Append(unit);
        var safe = await Wait.For(Task.Run(() => SafeHtml.Sanitize(html.ToString())));
        Check(safe[..Math.Min(safe.Length, 20_000)]);
        safe.Length.ShouldBeLessThan(12 * SafeHtml.Most);
    }

    static readonly string[] Forbidden =
    [
        "script", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "input", "button", "textarea", "select", "option", "meta", "base", "link", "svg", "math", "video", "audio", "source", "track",
        "template", "portal", "dialog", "slot", "marquee", "bgsound", "layer", "picture", "canvas", "noscript", "title", "html", "head", "body", "xmp", "plaintext", "isindex", "keygen",
    ];

    [GeneratedRegex("<([a-zA-Z][^\\s/>]*)((?:[^>\"]|\"[^\"]*\")*)>")]
    private static partial Regex Tag();

    [GeneratedRegex("([^\\s=\"]+)=\"([^\"]*)\"")]
    private static partial Regex Attribute();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Sheet();

    [GeneratedRegex("/\\*.*?\\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
