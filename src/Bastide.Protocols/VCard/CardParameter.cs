namespace Bastide.Protocols.VCard;

/// <summary>A parameter of a property (RFC 6350 §5), its values decoded (RFC 6868).</summary>
/// <param name="Name">Its name, as it was written.</param>
/// <param name="Values">Its values.</param>
public sealed record CardParameter(string Name, IReadOnlyList<string> Values)
{
    /// <summary>A parameter of one value.</summary>
    public CardParameter(string name, string value) : this(name, [value])
    {
    }

    /// <summary>Whether it has this name; case does not matter.</summary>
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
