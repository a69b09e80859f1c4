using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts;

/// <summary>A change to an address book; what is not given stays (RFC 9610 §2.3).</summary>
public sealed record AddressBookUpdate
{
    /// <summary>The new name.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for, null for nothing.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>The new place among the others.</summary>
    public long? SortOrder { get; init; }

    /// <summary>Whether the asker wants to see it.</summary>
    public bool? IsSubscribed { get; init; }

    /// <summary>Who else may do what with it from now on, everybody else nothing; null to leave that to <see cref="Shares"/>.</summary>
    public IReadOnlyDictionary<AccountId, Rights>? ShareWith { get; init; }

    /// <summary>What single others may do from now on.</summary>
    public IReadOnlyDictionary<AccountId, Rights> Shares { get; init; } = new Dictionary<AccountId, Rights>();

    /// <summary>Properties of programs' own: their XML by their names, null to remove one.</summary>
    public IReadOnlyDictionary<string, string?> Extra { get; init; } = new Dictionary<string, string?>();
}
