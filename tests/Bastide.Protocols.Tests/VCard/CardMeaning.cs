using Bastide.Protocols.VCard;

namespace Bastide.Protocols.Tests.VCard;

/// <summary>
/// What a card says, so that two can be compared: without the order of properties and of words, the names of groups, keys, and
/// what is there for old programs only.
/// </summary>
static class CardMeaning
{
    static readonly string[] Marks = ["PROP-ID", "ALTID", "DERIVED"];
    static readonly string[] Lists = ["CATEGORIES", "NICKNAME"];
    static readonly string[] Uris = ["URL", "SOURCE", "PHOTO", "LOGO", "SOUND", "KEY", "CALURI", "CALADRURI", "FBURL", "IMPP", "SOCIALPROFILE", "MEMBER", "RELATED", "GEO", "UID", "CONTACT-URI", "ORG-DIRECTORY"];

    public static string[] Of(Card card)
    {
        var four = CardConversion.To(card, CardVersion.V40);
        var groups = four.Properties.Where(p => p.Group is not null).GroupBy(p => p.Group!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.Count() == 1 ? "" : string.Join('+', g.SelectMany(Said).Order(StringComparer.Ordinal)), StringComparer.OrdinalIgnoreCase);
        var language = four.First("LANGUAGE")?.Value ?? four.First("FN")?.First("LANGUAGE");
        return [.. four.Properties.Where(p => !p.Is("LANGUAGE") && (!p.Is("FN") || !p.Has("DERIVED", "true")) && !(p.Is("FN") && p.Value.Length == 0)).SelectMany(p =>
            Values(p).Select(value => $"{p.Name.ToUpperInvariant()}{Parameters(p, language)}:{value}{(p.Group is { } group && groups[group].Length > 0 ? " in " + groups[group] : "")}")).Order(StringComparer.Ordinal)];
    }

    static IEnumerable<string> Said(CardProperty p) => Values(p).Select(value => $"{p.Name.ToUpperInvariant()}:{value}");

    static string Parameters(CardProperty p, string? language) => string.Concat(p.Parameters
        .Where(x => !Marks.Any(x.Is) && !(x.Is("LANGUAGE") && x.Values[0].Equals(language, StringComparison.OrdinalIgnoreCase)) && !(x.Is("CALSCALE") && x.Values[0] == "gregorian"))
        .GroupBy(x => x.Name.ToUpperInvariant())
        .OrderBy(x => x.Key, StringComparer.Ordinal)
        .Select(x => (x.Key, Values: x.SelectMany(v => v.Values).Select(v => x.Key is "TYPE" or "VALUE" or "LEVEL" ? v.ToLowerInvariant() : v)))
        .Select(x => (x.Key, Values: (x.Key == "SORT-AS" ? string.Join(',', x.Values).Split(',') : x.Values).Order(StringComparer.Ordinal)))
        .Where(x => x.Key != "VALUE" || !IsDefault(p, x.Values.Single()))
        .Select(x => $";{x.Key}={string.Join(',', x.Key == "TYPE" ? x.Values.Distinct() : x.Values)}"));

    static bool IsDefault(CardProperty p, string type) => type switch
    {
        "text" => !Uris.Any(p.Is) && !p.Is("BDAY") && !p.Is("ANNIVERSARY"),
        "uri" => Uris.Any(p.Is),
        "timestamp" => p.Is("REV") || p.Is("CREATED"),
        "date-and-or-time" or "date" or "date-time" => p.Is("BDAY") || p.Is("ANNIVERSARY") || p.Is("DEATHDATE"),
        "language-tag" => p.Is("LANG"),
        "utc-offset" => p.Is("TZ"),
        _ => false,
    };

    static IEnumerable<string> Values(CardProperty p)
    {
        if (Lists.Any(p.Is)) return CardText.List(p.Value).Where(text => text.Length > 0);
        if (p.Is("N") || p.Is("ADR")) return [Structured(p)];
        if (p.Is("ORG")) return [CardText.Join(CardText.Split(p.Value, ';').Select(part => (IReadOnlyList<string>)[CardText.Unescape(part)])).TrimEnd(';')];
        if (p.Is("KIND") || p.Is("GRAMGENDER")) return [p.Text.ToLowerInvariant()];
        if (p.Is("TZ") && p.Value is "Etc/UTC") return ["+0000"];
        if ((p.Is("REV") || p.Is("CREATED") || p.Is("BDAY") || p.Is("ANNIVERSARY") || p.Is("DEATHDATE")) && CardDate.TryParse(p.Value, out var date))
            return [date.ToMoment() is { } moment ? moment.UtcDateTime.ToString("O") : date.ToBasic()];
        return [Uris.Any(p.Is) || p.Has("VALUE", "uri") ? p.Value : p.Text];
    }

    static string Structured(CardProperty p)
    {
        var components = CardText.Components(p.Value);
        var isAddress = p.Is("ADR");
        var isNew = isAddress && components.Skip(7).Any(c => c.Any(text => text.Length > 0));
        var kept = components.Select((component, i) =>
            isNew && i is 1 or 2 && isAddress && isNew ? [] :
            !isAddress && i is 0 or 4 && !isAddress ? component.Where(text => !components.ElementAtOrDefault(i == 0 ? 5 : 6)?.Contains(text) ?? true).ToList() : component.ToList());
        return string.Join(';', kept.Select(c => string.Join(',', c.Where(text => text.Length > 0)))).TrimEnd(';');
    }
}
