using Bastide.Platform.Changes;

namespace Bastide.Contacts.Store;

/// <summary>A card as it is stored, without its vCard.</summary>
sealed record CardRow
{
    public required long Id { get; init; }

    public required string Uid { get; init; }

    public required string FullName { get; init; }

    public required long Size { get; init; }

    public required string ETag { get; init; }

    /// <summary>Whether the vCard was composed here, and did not come as it is.</summary>
    public required bool IsComposed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required Sequence CreatedSeq { get; init; }

    public required Sequence ChangedSeq { get; init; }

    /// <summary>The JSContact card; null where it was not asked for.</summary>
    public string? Json { get; init; }

    /// <summary>The address books it is in.</summary>
    public IReadOnlyList<long> Books { get; init; } = [];
}
