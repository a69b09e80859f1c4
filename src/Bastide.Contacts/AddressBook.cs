using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Contacts;

/// <summary>An address book as its asker sees it (RFC 9610 §2, RFC 6352 §5.2).</summary>
public sealed record AddressBook
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>What people read.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Its place among the others.</summary>
    public long SortOrder { get; init; }

    /// <summary>Whether cards go here when nothing else is said.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Whether the asker wants to see it.</summary>
    public bool IsSubscribed { get; init; }

    /// <summary>Who else may do what with it, for those who may change that; null where nobody may.</summary>
    public IReadOnlyDictionary<AccountId, Rights>? ShareWith { get; init; }

    /// <summary>What the asker may do with it.</summary>
    public Rights MyRights { get; init; }

    /// <summary>Its name among the collections of DAV.</summary>
    public required string Resource { get; init; }

    /// <summary>Properties that programs keep with it and nobody here understands: their XML by their names.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>When what is in it last changed: the sync-token of DAV (RFC 6578).</summary>
    public Sequence CardsSeq { get; init; }

    /// <summary>When it came.</summary>
    public Sequence CreatedSeq { get; init; }

    /// <summary>When it last changed.</summary>
    public Sequence ChangedSeq { get; init; }
}
