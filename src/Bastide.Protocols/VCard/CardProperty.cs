namespace Bastide.Protocols.VCard;

/// <summary>One property of a card: a content line, unfolded (RFC 6350 §3.3).</summary>
/// <param name="Name">Its name, as it was written.</param>
/// <param name="Value">Its value as it stands in the card, escaped characters and all.</param>
public sealed record CardProperty(string Name, string Value)
{
    /// <summary>The group it belongs to, or null.</summary>
    public string? Group { get; init; }

    /// <summary>Its parameters, in their order; a name may come more than once.</summary>
    public IReadOnlyList<CardParameter> Parameters { get; init; } = [];

    /// <summary>The line it began on, or 0 when it was not read.</summary>
    public long Line { get; init; }

    /// <summary>Its value as one text.</summary>
    public string Text => CardText.Unescape(Value);

    /// <summary>Whether it has this name; case does not matter.</summary>
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The values of every parameter of the name.</summary>
    public IEnumerable<string> All(string parameter) => Parameters.Where(p => p.Is(parameter)).SelectMany(p => p.Values);

    /// <summary>The first value of a parameter, or null.</summary>
    public string? First(string parameter) => All(parameter).FirstOrDefault();

    /// <summary>Whether a parameter has this value; case does not matter.</summary>
    public bool Has(string parameter, string value) => All(parameter).Contains(value, StringComparer.OrdinalIgnoreCase);

    /// <summary>The same property without the parameters of these names.</summary>
    public CardProperty Without(params string[] parameters) =>
        Parameters.Any(p => parameters.Contains(p.Name, StringComparer.OrdinalIgnoreCase))
            ? this with { Parameters = [.. Parameters.Where(p => !parameters.Contains(p.Name, StringComparer.OrdinalIgnoreCase))] }
            : this;

    /// <summary>The same property with a parameter in the place of those of its name; without values there is none.</summary>
    public CardProperty With(string parameter, params IReadOnlyList<string> values)
    {
        var others = Without(parameter);
        return values.Count == 0 ? others : others with { Parameters = [.. others.Parameters, new CardParameter(parameter, values)] };
    }
}
