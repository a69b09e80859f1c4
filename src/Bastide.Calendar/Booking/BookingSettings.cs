namespace Bastide.Calendar.Booking;

/// <summary>What the owner of a booking page says of it. Lengths of time are minutes.</summary>
public sealed record BookingSettings
{
    /// <summary>What is booked.</summary>
    public required string Title { get; init; }

    /// <summary>What guests are told of it, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Where it takes place, or null.</summary>
    public string? Location { get; init; }

    /// <summary>Whether guests find the page.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>How long a booking takes.</summary>
    public int Duration { get; init; } = 30;

    /// <summary>How far the beginnings that are offered lie apart.</summary>
    public int Increment { get; init; } = 30;

    /// <summary>What stays free before a booking.</summary>
    public int Before { get; init; }

    /// <summary>What stays free after one.</summary>
    public int After { get; init; }

    /// <summary>How long before it begins one is booked at the latest.</summary>
    public int Notice { get; init; } = 4 * 60;

    /// <summary>How many days ahead may be booked.</summary>
    public int Horizon { get; init; } = 60;

    /// <summary>The most bookings of a day, or null.</summary>
    public int? MostPerDay { get; init; }

    /// <summary>The IANA zone of the hours.</summary>
    public required string TimeZone { get; init; }

    /// <summary>When in the week it may be booked; those of a day do not overlap.</summary>
    public required IReadOnlyList<BookingHours> Hours { get; init; }

    /// <summary>Whether what VAVAILABILITY says of the owner bounds the hours as well (RFC 7953).</summary>
    public bool UsesAvailability { get; init; }

    /// <summary>The calendar bookings go into; null for the default one.</summary>
    public long? CalendarId { get; init; }

    /// <summary>The calendars that make busy, beside the one bookings go into.</summary>
    public IReadOnlyList<BusyCalendar> BusyCalendars { get; init; } = [];

    /// <summary>What guests are asked.</summary>
    public IReadOnlyList<BookingQuestion> Questions { get; init; } = [];
}
