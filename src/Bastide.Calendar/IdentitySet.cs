using Bastide.Platform.Changes;

namespace Bastide.Calendar;

/// <summary>Identities to be made, renamed and destroyed in one transaction.</summary>
public sealed record IdentitySet
{
    /// <summary>The state the account must be in, or null.</summary>
    public Sequence? IfInState { get; init; }

    /// <summary>Names and addresses of new ones by creation id.</summary>
    public IReadOnlyDictionary<string, (string Name, string Address)> Create { get; init; } = new Dictionary<string, (string, string)>();

    /// <summary>New names by number.</summary>
    public IReadOnlyDictionary<long, string> Update { get; init; } = new Dictionary<long, string>();

    /// <summary>Those to destroy.</summary>
    public IReadOnlyList<long> Destroy { get; init; } = [];

    /// <summary>The one to make the default when everything else succeeded, or null.</summary>
    public long? SetDefault { get; init; }

    /// <summary>The same by the creation id of a new one.</summary>
    public string? SetDefaultCreated { get; init; }
}
