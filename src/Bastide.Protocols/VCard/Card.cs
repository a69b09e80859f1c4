namespace Bastide.Protocols.VCard;

/// <summary>
/// A vCard: its version and its properties in their order, without BEGIN, VERSION and END. The values of a card that was
/// read as 2.1 are written as those of 3.0 (RFC 2426): decoded, and escaped as that version does.
/// </summary>
/// <param name="Version">Its version.</param>
/// <param name="Properties">Its properties.</param>
public sealed record Card(CardVersion Version, IReadOnlyList<CardProperty> Properties)
{
    /// <summary>The properties of a name; case does not matter.</summary>
    public IEnumerable<CardProperty> All(string name) => Properties.Where(property => property.Is(name));

    /// <summary>The first property of a name, or null.</summary>
    public CardProperty? First(string name) => All(name).FirstOrDefault();
}
