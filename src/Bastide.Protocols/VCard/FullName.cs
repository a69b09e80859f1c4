namespace Bastide.Protocols.VCard;

/// <summary>What a card is called that has no FN: the parts of its name, or else whatever tells it from others.</summary>
static class FullName
{
    /// <summary>The components of N in the order they are read.</summary>
    static readonly int[] Order = [3, 1, 2, 0, 4];

    public static string Of(IReadOnlyList<CardProperty> properties)
    {
        if (properties.FirstOrDefault(property => property.Is("N")) is { } name)
        {
            var components = CardText.Components(name.Value);
            var full = string.Join(' ', Order.Where(i => i < components.Count).SelectMany(i => components[i]).Select(part => part.Trim()).Where(part => part.Length > 0));
            if (full.Length > 0) return full;
        }

        return Text(properties, "NICKNAME") ?? Organisation(properties) ?? Text(properties, "EMAIL") ?? Text(properties, "TEL") ?? "";
    }

    static string? Organisation(IReadOnlyList<CardProperty> properties) =>
        properties.FirstOrDefault(property => property.Is("ORG")) is { } org && CardText.Components(org.Value)[0] is [var name, ..] && name.Length > 0 ? name : null;

    static string? Text(IReadOnlyList<CardProperty> properties, string name) =>
        properties.FirstOrDefault(property => property.Is(name)) is { } property && property.Text.Trim() is { Length: > 0 } text ? text : null;
}
