using System.Globalization;

namespace Bastide.Protocols.VCard;

/// <summary>A card of 4.0 in 3.0 (RFC 2426). What 3.0 has no word for stays as it is, so that <see cref="ToVersion4"/> finds it again.</summary>
sealed class ToVersion3(Card card)
{
    const int AddressComponents = 7;
    const int NameComponents = 5;

    readonly List<CardProperty> _converted = [];

    public Card Convert()
    {
        var preferred = card.Properties.Where(property => Preference(property) is not null)
            .GroupBy(property => property.Name, StringComparer.OrdinalIgnoreCase)
            .Select(group => group.MinBy(Preference)).ToHashSet();
        foreach (var property in card.Properties) Add(CardTerms.Typed.Any(property.Is) && preferred.Contains(property) ? Preferred(property) : property);
        if (!_converted.Exists(property => property.Is("N"))) _converted.Insert(0, new CardProperty("N", CardText.Escape(card.First("FN")?.Text ?? "") + ";;;;"));
        return new Card(CardVersion.V30, _converted);
    }

    void Add(CardProperty property)
    {
        if ((property.Is("N") || property.Is("FN")) && _converted.Exists(other => other.Is(property.Name))) _converted.Add(property with { Name = CardTerms.OnlyIn4 + property.Name });
        else if (property.Is("N")) AddName(property);
        else if (property.Is("KIND") && property.Value.Equals("group", StringComparison.OrdinalIgnoreCase)) _converted.Add(property with { Name = CardTerms.AppleKind });
        else if (property.Is("KIND") && property.Value.Equals("org", StringComparison.OrdinalIgnoreCase)) _converted.Add(property with { Name = CardTerms.AppleShowAs, Value = "COMPANY" });
        else if (property.Is("MEMBER")) _converted.Add(property with { Name = CardTerms.AppleMember });
        else if (property.Is("ANNIVERSARY")) AddAnniversary(Day(property));
        else if (CardTerms.Days.Any(property.Is)) _converted.Add(Day(property));
        else if (CardTerms.Moments.Any(property.Is)) _converted.Add(CardDate.TryParse(property.Value, out var moment) ? property with { Value = moment.ToExtended() } : property);
        else if (CardTerms.Octets.Any(property.Is)) _converted.Add(Octets(property));
        else if (property.Is("GEO")) _converted.Add(Geo(property));
        else if (property.Is("TZ")) _converted.Add(Zone(property));
        else if (property.Is("ADR")) AddAddress(property);
        else if (property.Is("TEL") && property.Has("VALUE", "uri")) _converted.Add(Telephone(property));
        else _converted.Add(property);
    }

    /// <summary>3.0 knows one preference only; an order among others stays in PREF.</summary>
    static CardProperty Preferred(CardProperty property)
    {
        var types = property.All("TYPE").Append("pref").ToArray();
        return (property.First("PREF") == "1" ? property.Without("PREF") : property).With("TYPE", types);
    }

    static int? Preference(CardProperty property) =>
        int.TryParse(property.First("PREF"), NumberStyles.None, CultureInfo.InvariantCulture, out var preference) ? preference : null;

    void AddName(CardProperty name)
    {
        _converted.Add(name with { Value = WithComponents(name.Value, NameComponents) });
        if (name.First("SORT-AS") is { } sort) _converted.Add(new CardProperty("SORT-STRING", CardText.Escape(sort)));
    }

    void AddAddress(CardProperty address)
    {
        _converted.Add(address.Without("LABEL") with { Value = WithComponents(address.Value, AddressComponents) });
        if (address.First("LABEL") is { } label)
            _converted.Add(new CardProperty("LABEL", CardText.Escape(label)) { Group = address.Group, Parameters = [.. address.Parameters.Where(p => p.Is("TYPE"))] });
    }

    /// <summary>As many components as 3.0 has; more only where they say something.</summary>
    static string WithComponents(string value, int count)
    {
        var components = CardText.Split(value, ';');
        if (components.Skip(count).All(component => component.Length == 0)) components = components[..Math.Min(count, components.Count)];
        while (components.Count < count) components.Add("");
        return string.Join(';', components);
    }

    /// <summary>In the words of Evolution too, which reads its own alone.</summary>
    void AddAnniversary(CardProperty anniversary)
    {
        _converted.Add(anniversary with { Name = CardTerms.Anniversaries[0] });
        if (anniversary.First("VALUE") is null) _converted.Add(anniversary with { Name = CardTerms.Anniversaries[1] });
    }

    static CardProperty Day(CardProperty property)
    {
        if (property.Has("VALUE", "text") || !CardDate.TryParse(property.Value, out var date)) return property;
        property = property.Without("VALUE");
        return date is { Year: null, Month: not null, Day: not null }
            ? property.With(CardTerms.OmitYear, CardTerms.NoYear) with { Value = (date with { Year = int.Parse(CardTerms.NoYear, CultureInfo.InvariantCulture) }).ToExtended() }
            : property with { Value = date.ToExtended() };
    }

    static CardProperty Octets(CardProperty property)
    {
        if (property.Has("VALUE", "text")) return property;
        if (!DataUri.TryParse(property.Value, out var data)) return property.With("VALUE", "uri");
        var types = property.All("TYPE").Where(type => CardTerms.MediaType(property.Name, type) is null);
        // The first of them is what the octets are.
        return property.Without("VALUE").With("ENCODING", "b").With("TYPE", [CardTerms.TypeOf(data.MediaType), .. types]) with { Value = data.Base64 };
    }

    static CardProperty Geo(CardProperty property)
    {
        if (!property.Value.StartsWith("geo:", StringComparison.OrdinalIgnoreCase)) return property;
        return property.Value[4..].Split(';')[0].Split(',') is [var latitude, var longitude, ..] ? property.Without("VALUE") with { Value = $"{latitude};{longitude}" } : property;
    }

    static CardProperty Zone(CardProperty property) => property.Value is ['+' or '-', _, _, _, _] offset
        ? property.Without("VALUE") with { Value = offset.Insert(3, ":") }
        : property.First("VALUE") is null ? property.With("VALUE", "text") : property;

    /// <summary>3.0 has numbers as people write them; what no program dials stays a URI.</summary>
    static CardProperty Telephone(CardProperty property)
    {
        if (!property.Value.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)) return property;
        var parts = property.Value[4..].Split(';');
        var extension = parts.Skip(1).FirstOrDefault(part => part.StartsWith("ext=", StringComparison.OrdinalIgnoreCase))?[4..];
        return property.Without("VALUE") with { Value = CardText.Escape(extension is null ? parts[0] : $"{parts[0]} ext. {extension}") };
    }
}
