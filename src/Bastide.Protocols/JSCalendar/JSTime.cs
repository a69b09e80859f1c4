using System.Globalization;
using Bastide.Protocols.ICalendar;
using NodaTime;
using NodaTime.Text;

namespace Bastide.Protocols.JSCalendar;

/// <summary>LocalDateTime, UTCDateTime and Duration (RFC 8984 §1.4.4–1.4.6).</summary>
public static class JSTime
{
    static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss");

    /// <summary>A LocalDateTime: <c>2024-12-31T10:00:00</c>.</summary>
    public static string Write(LocalDateTime time) => Local.Format(time);

    /// <summary>A UTCDateTime: <c>2024-12-31T10:00:00Z</c>.</summary>
    public static string WriteUtc(Instant instant) => Local.Format(instant.InUtc().LocalDateTime) + "Z";

    /// <summary>Reads a LocalDateTime; null for anything else. Fractions of seconds are not kept by iCalendar and are left out.</summary>
    public static LocalDateTime? Read(string? text)
    {
        if (text is null) return null;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot == 19 && text.AsSpan(20).ContainsAnyExceptInRange('0', '9')) return null;
        var parsed = Local.Parse(dot == 19 ? text[..19] : text);
        return parsed.Success && parsed.Value.Year >= 1 ? parsed.Value : null;
    }

    /// <summary>Reads a UTCDateTime; null for anything else.</summary>
    public static Instant? ReadUtc(string? text) =>
        text is not null && text.EndsWith('Z') && Read(text[..^1]) is { } time ? time.InUtc().ToInstant() : null;

    /// <summary>Reads a Duration; null for anything else, and for one that goes back where it may not.</summary>
    public static ICalDuration? ReadDuration(string? text, bool isSigned = false)
    {
        if (text is null || text.StartsWith('+') && !isSigned) return null;
        return ICalDuration.Parse(text) is { } duration && (isSigned || !duration.IsNegative) ? duration : null;
    }

    /// <summary>Reads an unsigned number that fits 31 bits; null for anything else.</summary>
    internal static int? ReadUnsigned(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
