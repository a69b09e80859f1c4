using Bastide.Platform.Changes;

namespace Bastide.Contacts;

/// <summary>Changes to the address books of an account, made in one transaction (RFC 9610 §2.3).</summary>
public sealed record AddressBookSet
{
    /// <summary>The state the changes were made against, or null for any.</summary>
    public Sequence? IfInState { get; init; }

    /// <summary>What is made, by creation id.</summary>
    public IReadOnlyDictionary<string, AddressBookCreate> Create { get; init; } = new Dictionary<string, AddressBookCreate>();

    /// <summary>What is changed.</summary>
    public IReadOnlyDictionary<long, AddressBookUpdate> Update { get; init; } = new Dictionary<long, AddressBookUpdate>();

    /// <summary>What is destroyed.</summary>
    public IReadOnlyList<long> Destroy { get; init; } = [];

    /// <summary>Whether cards in a destroyed address book leave it (and go, when they are in no other) instead of keeping it.</summary>
    public bool OnDestroyRemoveContents { get; init; }

    /// <summary>The address book that becomes the default one when all else is done, or null.</summary>
    public long? OnSuccessSetIsDefault { get; init; }

    /// <summary>The same by the creation id of one that is made here, without <c>#</c>.</summary>
    public string? OnSuccessSetIsDefaultCreation { get; init; }
}
