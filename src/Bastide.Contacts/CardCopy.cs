using Bastide.Platform.Changes;

namespace Bastide.Contacts;

/// <summary>Cards to be copied into another account (RFC 8620 §5.4).</summary>
public sealed record CardCopy
{
    /// <summary>The state the first account must be in, or null for any.</summary>
    public Sequence? IfFromInState { get; init; }

    /// <summary>The state the other account must be in, or null for any.</summary>
    public Sequence? IfInState { get; init; }

    /// <summary>What is copied, by creation id.</summary>
    public IReadOnlyDictionary<string, CardCopyItem> Create { get; init; } = new Dictionary<string, CardCopyItem>();
}
