using Bastide.Platform.Changes;

namespace Bastide.Calendar;

/// <summary>A calendar object as CalDAV knows it: a resource in a collection (RFC 4791 §4.1).</summary>
public sealed record StoredObject
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The calendar it is in.</summary>
    public required long CalendarId { get; init; }

    /// <summary>Its name there.</summary>
    public required string Resource { get; init; }

    /// <summary>Its UID.</summary>
    public required string Uid { get; init; }

    /// <summary>What it is.</summary>
    public required CalendarKinds Kind { get; init; }

    /// <summary>Its entity tag, without quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>How many octets the text has.</summary>
    public required long Size { get; init; }

    /// <summary>The text, where it was asked for.</summary>
    public ReadOnlyMemory<byte>? Text { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed last, by its own account.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The position of its last change.</summary>
    public Sequence ChangedSeq { get; init; }

    /// <summary>The same while nothing changed but how people answered (RFC 6638 §3.2.10); null of what invites nobody.</summary>
    public string? ScheduleTag { get; init; }
}
