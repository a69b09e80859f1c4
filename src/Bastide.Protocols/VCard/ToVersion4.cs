using System.Text.RegularExpressions;

namespace Bastide.Protocols.VCard;

/// <summary>A card of 3.0, or of 2.1, in 4.0. RFC 6350 Appendix A tells the differences.</summary>
sealed partial class ToVersion4(Card card)
{
    readonly List<CardProperty> _converted = [];

    public Card Convert()
    {
        foreach (var property in card.Properties) Add(property);
        foreach (var label in card.All("LABEL")) Put(label);
        if (card.First("SORT-STRING") is { } sort) PutSort(sort);
        if (!_converted.Exists(property => property.Is("FN"))) _converted.Insert(0, new CardProperty("FN", CardText.Escape(FullName.Of(_converted))));
        return new Card(CardVersion.V40, _converted);
    }

    void Add(CardProperty property)
    {
        if (property.Name.StartsWith(CardTerms.OnlyIn4, StringComparison.OrdinalIgnoreCase) && property.Name[CardTerms.OnlyIn4.Length..] is var name && ContentLine.IsName(name) && !CardTerms.Frame.Contains(name, StringComparer.OrdinalIgnoreCase))
            property = property with { Name = name };
        if (CardTerms.Typed.Any(property.Is)) property = WithTypes(property);
        if (property.Is("LABEL") || property.Is("SORT-STRING")) return;
        if (property.Is(CardTerms.AppleKind)) AddOnce(property with { Name = "KIND", Value = property.Value.ToLowerInvariant() });
        else if (property.Is(CardTerms.AppleShowAs) && property.Value.Equals("COMPANY", StringComparison.OrdinalIgnoreCase)) AddOnce(new CardProperty("KIND", "org"));
        else if (property.Is(CardTerms.AppleMember)) _converted.Add(property with { Name = "MEMBER", Value = property.Text });
        else if (CardTerms.Anniversaries.Any(property.Is)) AddOnce(Day(property with { Name = "ANNIVERSARY" }));
        else if (CardTerms.Days.Any(property.Is)) _converted.Add(Day(property));
        else if (CardTerms.Moments.Any(property.Is)) _converted.Add(Moment(property));
        else if (CardTerms.Octets.Any(property.Is)) _converted.Add(Octets(property));
        else if (property.Is("GEO")) _converted.Add(Geo(property));
        else if (property.Is("TZ")) _converted.Add(Zone(property));
        else if (CardTerms.Uris.Any(property.Is)) _converted.Add(property.Has("VALUE", "uri") ? property.Without("VALUE") with { Value = property.Text } : property with { Value = property.Text });
        else _converted.Add(property);
    }

    /// <summary>What can be there once, however many programs have written it in their own words.</summary>
    void AddOnce(CardProperty property)
    {
        if (!card.Properties.Any(other => other.Is(property.Name)) && !_converted.Exists(other => other.Is(property.Name))) _converted.Add(property);
    }

    /// <summary>TYPE in lower case, <c>pref</c> as PREF, and without what 4.0 does not say of an address of mail.</summary>
    static CardProperty WithTypes(CardProperty property)
    {
        var types = property.All("TYPE").Select(type => type.ToLowerInvariant()).Distinct().ToList();
        if (types.Count == 0) return property;
        var isPreferred = types.Remove("pref");
        if (property.Is("EMAIL")) types.Remove("internet");
        property = property.With("TYPE", types);
        return isPreferred && property.First("PREF") is null ? property.With("PREF", "1") : property;
    }

    static CardProperty Day(CardProperty property)
    {
        if (property.Has("VALUE", "text")) return property;
        if (!CardDate.TryParse(property.Text, out var date)) return property.With("VALUE", "text");
        if (date.Year is { } year && property.First(CardTerms.OmitYear) == FormattableString.Invariant($"{year:0000}")) date = date with { Year = null };
        return property.Without("VALUE", CardTerms.OmitYear) with { Value = date.ToBasic() };
    }

    static CardProperty Moment(CardProperty property) =>
        CardDate.TryParse(property.Text, out var date) ? property.Without("VALUE") with { Value = date.ToBasic() } : property;

    static CardProperty Octets(CardProperty property)
    {
        if (!property.Has("ENCODING", "b"))
            return property.Is("KEY") && !property.Has("VALUE", "uri") ? property.With("VALUE", "text") : property.Without("VALUE") with { Value = property.Text };
        var types = property.All("TYPE").ToList();
        var mediaType = types.Select(type => CardTerms.MediaType(property.Name, type)).FirstOrDefault(type => type is not null) ?? CardTerms.Guess(property.Value);
        types.RemoveAll(type => CardTerms.MediaType(property.Name, type) is not null);
        return property.Without("ENCODING", "VALUE").With("TYPE", types) with { Value = new DataUri(mediaType, property.Value).ToString() };
    }

    static CardProperty Geo(CardProperty property) =>
        CardText.Split(property.Value, ';') is [var latitude, var longitude] ? property with { Value = $"geo:{latitude.Trim()},{longitude.Trim()}" } : property;

    static CardProperty Zone(CardProperty property)
    {
        var match = Offset().Match(property.Text.Trim());
        if (!match.Success) return property;
        var sign = match.Groups["sign"].Value is "-" ? "-" : "+";
        return property.With("VALUE", "utc-offset") with { Value = sign + match.Groups["hours"].Value.PadLeft(2, '0') + match.Groups["minutes"].Value };
    }

    /// <summary>The label of an address is its parameter in 4.0: where one address is meant, it becomes that.</summary>
    void Put(CardProperty label)
    {
        var types = Types(label);
        var at = _converted.FindIndex(property => property.Is("ADR") && property.First("LABEL") is null && property.Group == label.Group && Types(property).SetEquals(types));
        if (at < 0) _converted.Add(WithTypes(label));
        else _converted[at] = _converted[at].With("LABEL", label.Text);
    }

    void PutSort(CardProperty sort)
    {
        var at = _converted.FindIndex(property => property.Is("N"));
        if (at < 0) _converted.Add(sort);
        else if (_converted[at].First("SORT-AS") is null) _converted[at] = _converted[at].With("SORT-AS", sort.Text);
    }

    static HashSet<string> Types(CardProperty property) =>
        property.All("TYPE").Select(type => type.ToLowerInvariant()).Where(type => type is not ("pref" or "dom" or "intl" or "postal" or "parcel")).ToHashSet();

    [GeneratedRegex(@"^(?<sign>[+-])?(?<hours>\d{1,2}):?(?<minutes>\d\d)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Offset();
}
