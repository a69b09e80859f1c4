using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Ganss.Xss;

namespace Bastide.Mail.Mime;

/// <summary>
/// HTML of a stranger, made safe to show (<c>urn:bastide:jmap:safe-html</c>): no script, form, frame or foreign mark-up;
/// nothing is loaded from anywhere; pictures from afar wait in <c>data-remote-src</c>, those of the message itself in
/// <c>data-cid</c>; links open apart and tell nobody where from. It is shown in a frame without scripts all the same.
/// </summary>
public static partial class SafeHtml
{
    /// <summary>The most characters that are read.</summary>
    public const int Most = 2 * 1024 * 1024;

    static readonly HtmlSanitizer Sanitizer = Make();

    /// <summary>The HTML of a message made safe; null when it has none.</summary>
    public static async ValueTask<string?> Of(Stream message, BodyPart structure, CancellationToken cancellation)
    {
        var parts = structure.Bodies().HtmlBody;
        if (parts.All(part => part.Type != "text/html")) return null;
        var html = new StringBuilder();
        foreach (var part in parts)
        {
            if (html.Length >= Most) break;
            if (part.Type == "text/html") html.Append((await BodyValue.Read(message, part, 0, cancellation)).Value);
            else if (part.Type == "text/plain") html.Append("<pre>").Append(WebUtility.HtmlEncode((await BodyValue.Read(message, part, 0, cancellation)).Value)).Append("</pre>");
            else if (part.Type.StartsWith("image/", StringComparison.Ordinal) && part.Cid is { } cid) html.Append("<p><img src=\"cid:").Append(WebUtility.HtmlEncode(Uri.EscapeDataString(cid))).Append("\"></p>");
        }

        return Sanitize(html.ToString());
    }

    /// <summary>HTML made safe.</summary>
    public static string Sanitize(string html) => Sanitizer.Sanitize(HtmlBalance.Of(MimeBounds.Head(html, Most)));

    static HtmlSanitizer Make()
    {
        // HtmlBalance lets only plain elements and attributes through; the sanitiser decides again, and reads the styles.
        var sanitizer = new HtmlSanitizer { AllowDataAttributes = false, KeepChildNodes = true };
        foreach (var tag in new[] { "form", "input", "button", "select", "option", "optgroup", "textarea", "label", "fieldset", "legend", "datalist", "keygen", "menu", "menuitem", "meter", "output", "progress", "map", "area", "body", "html", "head" })
            sanitizer.AllowedTags.Remove(tag);
        foreach (var tag in new[] { "center", "font", "style", "wbr", "ruby", "rt", "rp", "bdi", "bdo", "figure", "figcaption", "details", "summary", "mark", "time", "main" }) sanitizer.AllowedTags.Add(tag);
        foreach (var attribute in new[] { "class", "id", "lang", "data-remote-src", "data-cid", "face", "bgcolor" }) sanitizer.AllowedAttributes.Add(attribute);
        foreach (var attribute in new[] { "action", "background", "name", "srcset", "usemap", "target", "rel", "formaction", "poster", "longdesc", "for", "form" }) sanitizer.AllowedAttributes.Remove(attribute);
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.UnionWith(["http", "https", "mailto", "tel", "data"]);
        sanitizer.UriAttributes.Remove("data-remote-src");
        sanitizer.AllowedAtRules.Add(AngleSharp.Css.Dom.CssRuleType.Media);
        sanitizer.AllowedAtRules.Remove(AngleSharp.Css.Dom.CssRuleType.Namespace);
        sanitizer.DisallowCssPropertyValue = Fetching();
        foreach (var property in new[] { "behavior", "content", "cursor", "filter", "position", "z-index" }) sanitizer.AllowedCssProperties.Remove(property);
        sanitizer.FilterUrl += (_, asked) => asked.SanitizedUrl = Allowed(asked.Tag, asked.OriginalUrl) ? asked.SanitizedUrl : null;
        sanitizer.PostProcessNode += (_, processed) => Finish(processed.Node);
        return sanitizer;
    }

    /// <summary>Links may lead anywhere; pictures are in the message itself; nothing else may refer to anything.</summary>
    static bool Allowed(IElement element, string url) => element.LocalName switch
    {
        "a" => !url.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase),
        "img" => url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase),
        "blockquote" or "q" or "ins" or "del" => !url.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    static void Finish(INode node)
    {
        if (node is IElement { LocalName: "style" } sheet && Suspect().IsMatch(sheet.TextContent)) sheet.TextContent = "";
        if (node is not IElement { LocalName: "a" } link || !link.HasAttribute("href")) return;
        link.SetAttribute("target", "_blank");
        link.SetAttribute("rel", "noopener noreferrer");
    }

    /// <summary>
    /// Values of styles that fetch something or run something. The filter of addresses is not enough: it cannot tell the style
    /// of a link from where the link leads, and does not see addresses written without <c>url()</c>. An escape may hide either.
    /// </summary>
    [GeneratedRegex(@"[<>\\@]|(url|src|image|image-set|cross-fade|element|paint|attr|expression)\s*\(|//", RegexOptions.IgnoreCase)]
    private static partial Regex Fetching();

    /// <summary>
    /// What no sheet holds once its rules are read and written anew, but where a selector is none: such a one comes through
    /// as it was, and what a browser makes of it nobody knows.
    /// </summary>
    [GeneratedRegex(@"@(?!media\b)|(url|src|image|image-set|cross-fade|element|paint|expression)\s*\(|//|javascript:|(?<!-)behavior:|-moz-binding", RegexOptions.IgnoreCase)]
    private static partial Regex Suspect();
}
