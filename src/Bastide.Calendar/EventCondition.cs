using NodaTime;

namespace Bastide.Calendar;

/// <summary>What an event must fulfil: all that is given (draft-ietf-jmap-calendars, "Filtering").</summary>
public sealed record EventCondition
{
    /// <summary>It is in this calendar.</summary>
    public long? InCalendar { get; init; }

    /// <summary>It, or an occurrence of it, ends after this, on the clock of the asker.</summary>
    public LocalDateTime? After { get; init; }

    /// <summary>It, or an occurrence of it, begins before this.</summary>
    public LocalDateTime? Before { get; init; }

    /// <summary>These words are anywhere in it.</summary>
    public string? Text { get; init; }

    /// <summary>These words are in its title.</summary>
    public string? Title { get; init; }

    /// <summary>These words are in its description.</summary>
    public string? Description { get; init; }

    /// <summary>These words are in the names or descriptions of its locations.</summary>
    public string? Location { get; init; }

    /// <summary>These words are in the name or address of its owner.</summary>
    public string? Owner { get; init; }

    /// <summary>These words are in the name or address of somebody who attends.</summary>
    public string? Attendee { get; init; }

    /// <summary>This is its uid.</summary>
    public string? Uid { get; init; }
}
