using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;

namespace Bastide.Protocols.JSCalendar;

/// <summary>
/// Title and description. A description in HTML is a STYLED-DESCRIPTION (RFC 9073 §6.5), beside which stands a plain
/// DESCRIPTION for programs that know no other.
/// </summary>
sealed partial class TextPart : EventPart
{
    const string Html = "text/html";

    public override IReadOnlyList<string> Properties { get; } = ["title", "description", "descriptionContentType", "locale"];

    public override void Read(EventScope scope, JsonObject into)
    {
        var component = scope.Component;
        var summary = component.Property("SUMMARY");
        if (summary is not null) into["title"] = summary.Text;
        if (Styled(component) is { } styled)
        {
            into["description"] = styled.Text;
            into["descriptionContentType"] = styled.Parameter("FMTTYPE") ?? Html;
        }
        else if (component.Property("DESCRIPTION") is { } description)
        {
            into["description"] = description.Text;
        }

        if ((summary?.Parameter("LANGUAGE") ?? component.Property("DESCRIPTION")?.Parameter("LANGUAGE")) is { Length: > 0 } locale) into["locale"] = locale;
    }

    public override void Write(EventScope scope, JsonObject before, JsonObject after)
    {
        var component = scope.Component;
        if (Differs("title", before, after)) component.SetText("SUMMARY", after["title"].AsText());
        if (Differs("description", before, after) || Differs("descriptionContentType", before, after)) WriteDescription(component, after);
        if (!Differs("locale", before, after) && !Differs("title", before, after)) return;
        if ((component.Property("SUMMARY") ?? component.Property("DESCRIPTION")) is { } said)
            component.Replace(said, said.WithParameter("LANGUAGE", after["locale"].AsText()));
    }

    static void WriteDescription(ICalComponent component, JsonObject after)
    {
        var text = after["description"].AsText();
        var type = after["descriptionContentType"].AsText();
        var styled = Styled(component);
        if (styled is not null) component.Remove(styled);
        if (text is null || type is null or "text/plain")
        {
            if (component.Property("DESCRIPTION") is { } derived && derived.Parameter("DERIVED") is not null)
                component.Replace(derived, derived.WithParameter("DERIVED", (string?)null));
            component.SetText("DESCRIPTION", text);
            return;
        }

        component.Add(new ICalProperty("STYLED-DESCRIPTION", ICalText.Escape(text), new ICalParameter("VALUE", "TEXT"), new ICalParameter("FMTTYPE", type)));
        component.Set("DESCRIPTION", ICalText.Escape(Plain(text)), [new ICalParameter("DERIVED", "TRUE")]);
    }

    static ICalProperty? Styled(ICalComponent component) => component.PropertiesOf("STYLED-DESCRIPTION")
        .FirstOrDefault(property => property.Parameter("VALUE")?.Equals("URI", StringComparison.OrdinalIgnoreCase) != true && property.Parameter("DERIVED")?.Equals("TRUE", StringComparison.OrdinalIgnoreCase) != true);

    static string Plain(string html) =>
        System.Net.WebUtility.HtmlDecode(Tag().Replace(Break().Replace(html, "\n"), "")).Trim();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"<br\s*/?>|</(?:p|div|li|h[1-6])>", RegexOptions.IgnoreCase)]
    private static partial Regex Break();
}
