using Bastide.Platform.Changes;

namespace Bastide.Calendar.Store;

/// <summary>A calendar as its row has it.</summary>
sealed record CalendarRow
{
    public long Id { get; init; }

    public required string Resource { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? Color { get; init; }

    public string? TimeZone { get; init; }

    public CalendarKinds Kinds { get; init; }

    /// <summary>Properties that programs set and nobody else understands: JSON by name.</summary>
    public string? Extra { get; init; }

    public bool IsDefault { get; init; }

    public Sequence MembersSeq { get; init; }

    public Sequence CreatedSeq { get; init; }

    public Sequence ChangedSeq { get; init; }
}
