namespace Bastide.Protocols.VCard.JsContact;

/// <summary>
/// What the groups of a card say: which property an X-ABLabel labels (RFC 9555 §2.11.11), in which organisation a title is held
/// (§2.9.6), and where the name of the group is worth keeping.
/// </summary>
sealed class CardGroups
{
    const string Label = "X-ABLABEL";

    readonly Dictionary<string, List<CardProperty>> _groups = new(StringComparer.OrdinalIgnoreCase);

    public CardGroups(Card card)
    {
        foreach (var property in card.Properties)
        {
            if (property.Group is not { } group) continue;
            if (!_groups.TryGetValue(group, out var members)) _groups[group] = members = [];
            members.Add(property);
        }
    }

    /// <summary>The label of a property, when its group has one and labels nothing else.</summary>
    public string? LabelOf(CardProperty property) =>
        Members(property) is { } members && TakesLabel(property) && members.Count(TakesLabel) == 1 && members.Where(member => member.Is(Label)).ToList() is [var label] && label.Parameters.Count == 0
            ? label.Text
            : null;

    /// <summary>The property that this one is the label of, or null.</summary>
    public CardProperty? LabelledBy(CardProperty property) =>
        property.Is(Label) && Members(property)?.FirstOrDefault(TakesLabel) is { } labelled && LabelOf(labelled) is not null ? labelled : null;

    /// <summary>The one organisation of the group of a title, or null.</summary>
    public CardProperty? OrganisationOf(CardProperty title) =>
        Members(title)?.Where(member => member.Is("ORG")).ToList() is [var organisation] ? organisation : null;

    /// <summary>The group, when more hangs on it than what the JSContact object says by itself.</summary>
    public string? Kept(CardProperty property)
    {
        if (Members(property) is not { } members) return null;
        if (members.Count == 2 && LabelOf(property) is not null) return null;
        var isOfOrganisation = members.Count(member => member.Is("ORG")) == 1 && members.Count > 1 && members.All(member => member.Is("ORG") || member.Is("TITLE") || member.Is("ROLE"));
        return isOfOrganisation ? null : property.Group;
    }

    static bool TakesLabel(CardProperty property) =>
        PropertyRule.Of(property)?.Takes.HasFlag(RuleTakes.Label) ?? (property.Is("IMPP") || property.Is("SOCIALPROFILE") || Services.Of(property.Name) is not null);

    List<CardProperty>? Members(CardProperty property) => property.Group is { } group ? _groups[group] : null;
}
