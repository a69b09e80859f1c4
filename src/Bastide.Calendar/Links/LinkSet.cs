using Bastide.Platform.Changes;

namespace Bastide.Calendar.Links;

/// <summary>Links to be made and revoked in one transaction.</summary>
public sealed record LinkSet
{
    /// <summary>The state the account must be in, or null.</summary>
    public Sequence? IfInState { get; init; }

    /// <summary>New ones by creation id.</summary>
    public IReadOnlyDictionary<string, LinkCreate> Create { get; init; } = new Dictionary<string, LinkCreate>();

    /// <summary>Those to revoke.</summary>
    public IReadOnlyList<long> Destroy { get; init; } = [];
}
