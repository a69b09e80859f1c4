namespace Bastide.Protocols.VCard.JsContact;

/// <summary>
/// Which properties say the same as another one in another language or script: of those that share a name and an ALTID one
/// is the main one, which the others differ from. RFC 9555 §2.3.1, §2.3.11, §2.3.15.
/// </summary>
sealed class Alternatives
{
    readonly Dictionary<CardProperty, List<CardProperty>> _languages = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<CardProperty, List<CardProperty>> _phonetic = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<CardProperty> _alternatives = new(ReferenceEqualityComparer.Instance);

    public Alternatives(Card card)
    {
        Language = card.First("LANGUAGE")?.Value ?? card.First("FN")?.First("LANGUAGE");
        // Names can be there once, so that all of them are alternatives of one another.
        foreach (var group in card.Properties.Where(MayVary).GroupBy(p => (p.Name.ToUpperInvariant(), IsName(p) ? "" : p.First("ALTID"))))
            if (group.Key.Item2 is not null && group.Count() > 1)
                Sort([.. group]);
    }

    /// <summary>The language of what says none.</summary>
    public string? Language { get; }

    /// <summary>Whether the property is told by its main one.</summary>
    public bool IsAlternative(CardProperty property) => _alternatives.Contains(property);

    /// <summary>The alternatives of a main property in other languages.</summary>
    public IEnumerable<(CardProperty Property, string Language)> InLanguages(CardProperty main) =>
        _languages.TryGetValue(main, out var others) ? others.Select(other => (other, other.First("LANGUAGE")!)) : [];

    /// <summary>How a main property is pronounced.</summary>
    public IEnumerable<CardProperty> Phonetic(CardProperty main) => _phonetic.TryGetValue(main, out var others) ? others : [];

    /// <summary>All that differ from a main property.</summary>
    public IEnumerable<CardProperty> Of(CardProperty main) => InLanguages(main).Select(other => other.Property).Concat(Phonetic(main));

    /// <summary>The property without the parameters that only say of what it is an alternative, and in what language.</summary>
    public CardProperty WithoutMark(CardProperty property)
    {
        if (IsAlternative(property)) return property.Without("ALTID", "PROP-ID", property.First("PHONETIC") is null ? "LANGUAGE" : "ALTID");
        if (_languages.ContainsKey(property) || _phonetic.ContainsKey(property)) property = property.Without("ALTID");
        return IsOfCard(property) ? property.Without("LANGUAGE") : property;
    }

    void Sort(List<CardProperty> group)
    {
        var main = group.Find(p => p.First("LANGUAGE") is null && p.First("PHONETIC") is null) ?? group.Find(p => IsOfCard(p) && p.First("PHONETIC") is null) ?? group.Find(p => p.First("PHONETIC") is null);
        if (main is null) return;
        foreach (var other in group)
        {
            // One that belongs with other things too would be torn from them.
            if (ReferenceEquals(other, main) || !string.Equals(other.Group, main.Group, StringComparison.OrdinalIgnoreCase)) continue;
            var isPhonetic = other.First("PHONETIC") is not null && (main.Is("N") || main.Is("ADR"));
            if (!isPhonetic && (other.First("LANGUAGE") is not { } language || language == main.First("LANGUAGE"))) continue;
            var known = isPhonetic ? _phonetic : _languages;
            if (!known.TryGetValue(main, out var others)) known[main] = others = [];
            others.Add(other);
            _alternatives.Add(other);
        }
    }

    bool IsOfCard(CardProperty property) => Language is not null && property.First("LANGUAGE") is { } language && language.Equals(Language, StringComparison.OrdinalIgnoreCase);

    static bool IsName(CardProperty property) => property.Is("N") || property.Is("FN");

    static bool MayVary(CardProperty property) =>
        IsName(property) || property.Is("ADR") || property.Is("ORG") || property.Is("IMPP") || property.Is("SOCIALPROFILE") || PropertyRule.Of(property) is not null;
}
