using System.Globalization;
using NodaTime;

namespace Bastide.Protocols.ICalendar;

/// <summary>A DATE or DATE-TIME (RFC 5545 §3.3.4, §3.3.5) with what it is tied to.</summary>
/// <param name="Local">What calendar and clock show; midnight for a date.</param>
/// <param name="Kind">What it is tied to.</param>
/// <param name="Tzid">The TZID as it was written, with <see cref="ICalTimeKind.Zoned"/>; null otherwise.</param>
public readonly record struct ICalTime(LocalDateTime Local, ICalTimeKind Kind, string? Tzid = null)
{
    const int DateLength = 8;
    const int MinutesLength = 13;
    const int SecondsLength = 15;

    /// <summary>Whether it is a day without a time.</summary>
    public bool IsDate => Kind == ICalTimeKind.Date;

    /// <summary>A day.</summary>
    public static ICalTime OfDate(LocalDate date) => new(date.AtMidnight(), ICalTimeKind.Date);

    /// <summary>A moment.</summary>
    public static ICalTime OfInstant(Instant instant) => new(instant.InUtc().LocalDateTime, ICalTimeKind.Utc);

    /// <summary>The first value of a property, or null when it is none. The value says what it is; VALUE is not asked.</summary>
    public static ICalTime? Of(ICalProperty? property) => property is null ? null : Parse(property.Value.AsSpan(), property.Parameter("TZID"));

    /// <summary>The values of a property of several (EXDATE, RDATE); those that are none are left out.</summary>
    public static IEnumerable<ICalTime> AllOf(ICalProperty property)
    {
        var tzid = property.Parameter("TZID");
        return property.Value.Split(',').Select(value => Parse(value, tzid)).OfType<ICalTime>();
    }

    /// <summary>Reads <c>20241231</c>, <c>20241231T235959</c>, the same with <c>Z</c>, and without seconds; null for anything else.</summary>
    public static ICalTime? Parse(ReadOnlySpan<char> value, string? tzid)
    {
        value = value.Trim();
        var isUtc = value.Length > DateLength && value[^1] is 'Z' or 'z';
        if (isUtc) value = value[..^1];
        if (!Date(value, out var date)) return null;
        if (value.Length == DateLength) return isUtc ? null : OfDate(date);
        if (value[DateLength] is not ('T' or 't') || value.Length is not (SecondsLength or MinutesLength)) return null;
        var second = 0;
        if (!Number(value[9..11], out var hour) || !Number(value[11..13], out var minute)) return null;
        if (value.Length == SecondsLength && !Number(value[13..15], out second)) return null;
        if (hour > 23 || minute > 59 || second > 60) return null;
        // A leap second is told as the one before it: no clock here counts it.
        var local = date.At(new LocalTime(hour, minute, Math.Min(second, 59)));
        if (isUtc) return new ICalTime(local, ICalTimeKind.Utc);
        return string.IsNullOrEmpty(tzid) ? new ICalTime(local, ICalTimeKind.Floating) : new ICalTime(local, ICalTimeKind.Zoned, tzid);
    }

    /// <summary>The value on the wire; TZID and VALUE are parameters (<see cref="ToProperty"/>).</summary>
    public string Value
    {
        get
        {
            var l = Local;
            if (IsDate) return string.Create(CultureInfo.InvariantCulture, $"{l.Year:0000}{l.Month:00}{l.Day:00}");
            var end = Kind == ICalTimeKind.Utc ? "Z" : "";
            return string.Create(CultureInfo.InvariantCulture, $"{l.Year:0000}{l.Month:00}{l.Day:00}T{l.Hour:00}{l.Minute:00}{l.Second:00}{end}");
        }
    }

    /// <summary>As a property.</summary>
    public ICalProperty ToProperty(string name) => Kind switch
    {
        ICalTimeKind.Date => new ICalProperty(name, Value, new ICalParameter("VALUE", "DATE")),
        ICalTimeKind.Zoned => new ICalProperty(name, Value, new ICalParameter("TZID", Tzid!)),
        _ => new ICalProperty(name, Value),
    };

    /// <summary>The same tie, another time.</summary>
    public ICalTime At(LocalDateTime local) => this with { Local = IsDate ? local.Date.AtMidnight() : local };

    /// <inheritdoc/>
    public override string ToString() => Kind == ICalTimeKind.Zoned ? $"{Tzid}:{Value}" : Value;

    static bool Date(ReadOnlySpan<char> value, out LocalDate date)
    {
        date = default;
        if (value.Length < DateLength) return false;
        if (!Number(value[..4], out var year) || !Number(value[4..6], out var month) || !Number(value[6..8], out var day)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month)) return false;
        date = new LocalDate(year, month, day);
        return true;
    }

    static bool Number(ReadOnlySpan<char> digits, out int number) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
