using Bastide.Platform.Accounts;

namespace Bastide.Contacts;

/// <summary>An address book to be made (RFC 9610 §2.3).</summary>
public sealed record AddressBookCreate
{
    /// <summary>What people read.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Its place among the others.</summary>
    public long SortOrder { get; init; }

    /// <summary>Whether its maker wants to see it; they do when it is not said.</summary>
    public bool? IsSubscribed { get; init; }

    /// <summary>Who else may do what with it.</summary>
    public IReadOnlyDictionary<AccountId, Rights> ShareWith { get; init; } = new Dictionary<AccountId, Rights>();

    /// <summary>Its name among the collections of DAV; one is made where it is null.</summary>
    public string? Resource { get; init; }

    /// <summary>Properties of programs' own: their XML by their names, null to remove one.</summary>
    public IReadOnlyDictionary<string, string?> Extra { get; init; } = new Dictionary<string, string?>();
}
