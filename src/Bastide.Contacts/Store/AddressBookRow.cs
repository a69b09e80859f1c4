using Bastide.Platform.Changes;

namespace Bastide.Contacts.Store;

/// <summary>An address book as it is stored.</summary>
sealed record AddressBookRow
{
    public required long Id { get; init; }

    public required string Resource { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public long SortOrder { get; init; }

    public bool IsDefault { get; init; }

    public string? Extra { get; init; }

    public Sequence CardsSeq { get; init; }

    public Sequence CreatedSeq { get; init; }

    public Sequence ChangedSeq { get; init; }
}
