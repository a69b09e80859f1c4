using System.Globalization;
using System.Text;
using NodaTime;

namespace Bastide.Protocols.ICalendar;

/// <summary>
/// A DURATION (RFC 5545 §3.3.6): days of the calendar, which may have 23 or 25 hours, and exact time. Both have the same sign.
/// </summary>
/// <param name="Days">Days; a week is seven.</param>
/// <param name="Seconds">Exact seconds.</param>
public readonly record struct ICalDuration(int Days, long Seconds) : IComparable<ICalDuration>
{
    /// <summary>The longest that is read: a thousand years.</summary>
    public const int MostDays = 366_000;

    const long SecondsOfDay = 86_400;

    /// <summary>No time at all.</summary>
    public static ICalDuration Zero => default;

    /// <summary>Whether it goes back.</summary>
    public bool IsNegative => Days < 0 || Seconds < 0;

    /// <summary>About how long it is, for comparing and for bounds.</summary>
    public Duration Approximate => Duration.FromDays(Days) + Duration.FromSeconds(Seconds);

    /// <summary>The exact time between two moments.</summary>
    public static ICalDuration Exact(Duration duration) => new(0, (long)duration.TotalSeconds);

    /// <summary>Reads <c>P1DT2H</c>, <c>-PT15M</c>, <c>P2W</c>; null for anything else, or more than a thousand years.</summary>
    public static ICalDuration? Parse(string? value)
    {
        var text = value.AsSpan().Trim();
        var isNegative = text.StartsWith("-");
        if (isNegative || text.StartsWith("+")) text = text[1..];
        if (text.Length < 2 || text[0] is not ('P' or 'p')) return null;
        text = text[1..];
        long days = 0, seconds = 0;
        var inTime = false;
        var any = false;
        while (text.Length > 0)
        {
            if (text[0] is 'T' or 't')
            {
                if (inTime) return null;
                inTime = true;
                text = text[1..];
                continue;
            }

            var digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 10) return null;
            var number = long.Parse(text[..digits], CultureInfo.InvariantCulture);
            switch (char.ToUpperInvariant(text[digits]), inTime)
            {
                case ('W', false): days += number * 7; break;
                case ('D', false): days += number; break;
                case ('H', true): seconds += number * 3600; break;
                case ('M', true): seconds += number * 60; break;
                case ('S', true): seconds += number; break;
                default: return null;
            }

            any = true;
            text = text[(digits + 1)..];
        }

        if (!any || days > MostDays || seconds > MostDays * SecondsOfDay) return null;
        return isNegative ? new ICalDuration((int)-days, -seconds) : new ICalDuration((int)days, seconds);
    }

    /// <summary>The end of what begins at a local time in a zone: first the days by the calendar, then the exact time.</summary>
    public Instant AddTo(LocalDateTime start, DateTimeZone zone)
    {
        // Near the ends of time the calendar has no more days to count.
        if (start.Year + Days / 365 is < 2 or > 9990) return ZoneRules.Later(ZoneRules.Resolve(start, zone), Approximate);
        return ZoneRules.Later(ZoneRules.Resolve(start.PlusDays(Days), zone), Duration.FromSeconds(Seconds));
    }

    /// <inheritdoc/>
    public int CompareTo(ICalDuration other) => Approximate.CompareTo(other.Approximate);

    /// <summary>The form on the wire.</summary>
    public override string ToString()
    {
        if (Days == 0 && Seconds == 0) return "PT0S";
        var text = new StringBuilder(IsNegative ? "-P" : "P");
        var days = Math.Abs(Days);
        var seconds = Math.Abs(Seconds);
        if (seconds == 0 && days % 7 == 0) return text.Append(CultureInfo.InvariantCulture, $"{days / 7}W").ToString();
        if (days > 0) text.Append(CultureInfo.InvariantCulture, $"{days}D");
        if (seconds == 0) return text.ToString();
        text.Append('T');
        if (seconds >= 3600) text.Append(CultureInfo.InvariantCulture, $"{seconds / 3600}H");
        if (seconds / 60 % 60 > 0) text.Append(CultureInfo.InvariantCulture, $"{seconds / 60 % 60}M");
        if (seconds % 60 > 0) text.Append(CultureInfo.InvariantCulture, $"{seconds % 60}S");
        return text.ToString();
    }

    /// <summary>Whether <paramref name="left"/> is shorter.</summary>
    public static bool operator <(ICalDuration left, ICalDuration right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> is longer.</summary>
    public static bool operator >(ICalDuration left, ICalDuration right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is not longer.</summary>
    public static bool operator <=(ICalDuration left, ICalDuration right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is not shorter.</summary>
    public static bool operator >=(ICalDuration left, ICalDuration right) => left.CompareTo(right) >= 0;
}
