namespace Bastide.Protocols.Jmap;

/// <summary>A change to a set (<c>mailboxIds</c>, <c>keywords</c>): the whole set, or single members (RFC 8620 §5.3).</summary>
/// <typeparam name="T">The type of a member.</typeparam>
public sealed record Patch<T>
{
    /// <summary>The whole new set, or null to change single members.</summary>
    public IReadOnlyCollection<T>? Replace { get; init; }

    /// <summary>Members that come.</summary>
    public IReadOnlyCollection<T> Add { get; init; } = [];

    /// <summary>Members that go.</summary>
    public IReadOnlyCollection<T> Remove { get; init; } = [];

    /// <summary>The set after the change.</summary>
    public HashSet<T> Apply(IEnumerable<T> present)
    {
        var result = new HashSet<T>(Replace ?? present);
        result.UnionWith(Add);
        result.ExceptWith(Remove);
        return result;
    }
}
