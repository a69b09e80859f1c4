using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;

namespace Bastide.Protocols.JSCalendar;

/// <summary>Keywords are CATEGORIES, categories are CONCEPT (RFC 7986 §5.11 by RFC 9253 §6.1).</summary>
sealed class KeywordPart : EventPart
{
    public override IReadOnlyList<string> Properties { get; } = ["keywords", "categories"];

    public override void Read(EventScope scope, JsonObject into)
    {
        var keywords = Set(scope.Component.PropertiesOf("CATEGORIES").SelectMany(property => ICalText.List(property.Value)).Where(keyword => keyword.Length > 0));
        if (keywords.Count > 0) into["keywords"] = keywords;
        var categories = Set(scope.Component.PropertiesOf("CONCEPT").Select(property => property.Value));
        if (categories.Count > 0) into["categories"] = categories;
    }

    public override void Write(EventScope scope, JsonObject before, JsonObject after)
    {
        var component = scope.Component;
        if (Differs("keywords", before, after)) WriteKeywords(component, [.. Members(after["keywords"])]);
        if (!Differs("categories", before, after)) return;
        var categories = Members(after["categories"]).ToHashSet(StringComparer.Ordinal);
        foreach (var property in component.PropertiesOf("CONCEPT").ToList())
            if (!categories.Remove(property.Value))
                component.Remove(property);
        foreach (var category in categories) component.Add(new ICalProperty("CONCEPT", category));
    }

    static void WriteKeywords(ICalComponent component, HashSet<string> keywords)
    {
        ICalProperty? last = null;
        foreach (var property in component.PropertiesOf("CATEGORIES").ToList())
        {
            var kept = ICalText.List(property.Value).Where(keywords.Remove).ToList();
            if (kept.Count == 0)
            {
                component.Remove(property);
                continue;
            }

            last = property.WithValue(Joined(kept));
            component.Replace(property, last);
        }

        if (keywords.Count == 0) return;
        if (last is null) component.Add(new ICalProperty("CATEGORIES", Joined(keywords)));
        else component.Replace(last, last.WithValue(last.Value + "," + Joined(keywords)));
    }

    static string Joined(IEnumerable<string> keywords) => string.Join(',', keywords.Select(ICalText.Escape));
}
