namespace Bastide.Calendar.Store;

/// <summary>What a person has of their own of a calendar; null where they have the calendar's, or the standard.</summary>
sealed record CalendarView
{
    public bool? IsSubscribed { get; init; }

    public bool? IsVisible { get; init; }

    public string? Name { get; init; }

    public string? Color { get; init; }

    public string? TimeZone { get; init; }

    public long? SortOrder { get; init; }

    public CalendarAvailability? Availability { get; init; }

    /// <summary>JSON.</summary>
    public string? AlertsWithTime { get; init; }

    /// <summary>JSON.</summary>
    public string? AlertsWithoutTime { get; init; }
}
