using Bastide.Platform.Changes;

namespace Bastide.Calendar.Store;

/// <summary>A calendar object as its row has it, the text apart.</summary>
sealed record ObjectRow
{
    public long Id { get; init; }

    public required long CalendarId { get; init; }

    public required string Resource { get; init; }

    public required string Uid { get; init; }

    public required CalendarKinds Kind { get; init; }

    public required string ETag { get; init; }

    public required long Size { get; init; }

    /// <summary>When the first occurrence begins, in seconds; null where there is none.</summary>
    public long? BeginAt { get; init; }

    /// <summary>When the last ends; null where there is no last.</summary>
    public long? EndAt { get; init; }

    public bool IsRecurring { get; init; }

    public bool IsFloating { get; init; }

    /// <summary>From when on its occurrences are indexed; null from the first.</summary>
    public long? IndexedFrom { get; init; }

    /// <summary>Until when; null to the last.</summary>
    public long? IndexedUntil { get; init; }

    /// <summary>The same while the indexed occurrences are.</summary>
    public required string IndexKey { get; init; }

    public EventPrivacy Privacy { get; init; }

    public bool IsDraft { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public Sequence CreatedSeq { get; init; }

    public Sequence ChangedSeq { get; init; }

    /// <summary>The same while nothing changed but how people answered (RFC 6638 §3.2.10); null of what invites nobody.</summary>
    public string? ScheduleTag { get; init; }
}
