using System.Globalization;
using System.Text;
using NodaTime;

namespace Bastide.Protocols.ICalendar;

/// <summary>A RECUR value (RFC 5545 §3.3.10, RFC 7529 §4).</summary>
public sealed record RecurrenceRule
{
    const int MostValues = 1000;
    static readonly string[] DayNames = ["", "MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>FREQ.</summary>
    public required RecurrenceFrequency Frequency { get; init; }

    /// <summary>INTERVAL.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>COUNT, or null.</summary>
    public int? Count { get; init; }

    /// <summary>UNTIL, or null. It is of the value type it was written in, which may not be that of DTSTART.</summary>
    public ICalTime? Until { get; init; }

    /// <summary>BYSECOND.</summary>
    public IReadOnlyList<int> BySecond { get; init; } = [];

    /// <summary>BYMINUTE.</summary>
    public IReadOnlyList<int> ByMinute { get; init; } = [];

    /// <summary>BYHOUR.</summary>
    public IReadOnlyList<int> ByHour { get; init; } = [];

    /// <summary>BYDAY.</summary>
    public IReadOnlyList<RecurrenceDay> ByDay { get; init; } = [];

    /// <summary>BYMONTHDAY.</summary>
    public IReadOnlyList<int> ByMonthDay { get; init; } = [];

    /// <summary>BYYEARDAY.</summary>
    public IReadOnlyList<int> ByYearDay { get; init; } = [];

    /// <summary>BYWEEKNO.</summary>
    public IReadOnlyList<int> ByWeekNo { get; init; } = [];

    /// <summary>BYMONTH; <c>5L</c> is a leap month of other calendars (RFC 7529 §4.2).</summary>
    public IReadOnlyList<string> ByMonth { get; init; } = [];

    /// <summary>BYSETPOS.</summary>
    public IReadOnlyList<int> BySetPos { get; init; } = [];

    /// <summary>WKST.</summary>
    public IsoDayOfWeek WeekStart { get; init; } = IsoDayOfWeek.Monday;

    /// <summary>RSCALE as it was written, or null.</summary>
    public string? Rscale { get; init; }

    /// <summary>SKIP.</summary>
    public RecurrenceSkip Skip { get; init; }

    /// <summary>Whether its dates can be told: those of the calendar that everyone has.</summary>
    public bool IsGregorian => (Rscale is null || Rscale.Equals("GREGORIAN", StringComparison.OrdinalIgnoreCase)) && !ByMonth.Any(month => month.EndsWith('L'));

    /// <summary>Whether it recurs within the day.</summary>
    public bool IsWithinDay => Frequency < RecurrenceFrequency.Daily;

    /// <summary>Reads a rule. Parts that are not known are passed over; null when one of those that are has a value it cannot have.</summary>
    public static RecurrenceRule? Parse(string value)
    {
        RecurrenceFrequency? frequency = null;
        var rule = new RecurrenceRule { Frequency = RecurrenceFrequency.Yearly };
        foreach (var part in value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) return null;
            var given = part[(equals + 1)..].Trim().ToUpperInvariant();
            var name = part[..equals].Trim().ToUpperInvariant();
            if (name == "FREQ")
            {
                if (!Enum.TryParse(given, ignoreCase: true, out RecurrenceFrequency known) || int.TryParse(given, out _)) return null;
                frequency = known;
                continue;
            }

            if (rule.With(name, given) is not { } next) return null;
            rule = next;
        }

        return frequency is { } found ? rule with { Frequency = found } : null;
    }

    /// <summary>The abbreviation of a day of the week.</summary>
    public static string NameOf(IsoDayOfWeek day) => DayNames[(int)day];

    /// <summary>The day of an abbreviation, or null.</summary>
    public static IsoDayOfWeek? DayOf(string name)
    {
        var at = Array.IndexOf(DayNames, name.ToUpperInvariant());
        return at > 0 ? (IsoDayOfWeek)at : null;
    }

    /// <summary>The form on the wire.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Rscale is not null) text.Append("RSCALE=").Append(Rscale).Append(';');
        text.Append("FREQ=").Append(Frequency.ToString().ToUpperInvariant());
        if (Until is { } until) text.Append(";UNTIL=").Append(until.Value);
        if (Count is { } count) text.Append(CultureInfo.InvariantCulture, $";COUNT={count}");
        if (Interval != 1) text.Append(CultureInfo.InvariantCulture, $";INTERVAL={Interval}");
        Append(text, "BYSECOND", BySecond);
        Append(text, "BYMINUTE", ByMinute);
        Append(text, "BYHOUR", ByHour);
        Append(text, "BYDAY", ByDay.Select(day => (day.Ordinal == 0 ? "" : day.Ordinal.ToString(CultureInfo.InvariantCulture)) + NameOf(day.Day)));
        Append(text, "BYMONTHDAY", ByMonthDay);
        Append(text, "BYYEARDAY", ByYearDay);
        Append(text, "BYWEEKNO", ByWeekNo);
        Append(text, "BYMONTH", ByMonth);
        Append(text, "BYSETPOS", BySetPos);
        if (WeekStart != IsoDayOfWeek.Monday) text.Append(";WKST=").Append(NameOf(WeekStart));
        if (Skip != RecurrenceSkip.Omit) text.Append(";SKIP=").Append(Skip.ToString().ToUpperInvariant());
        return text.ToString();
    }

    RecurrenceRule? With(string name, string given) => name switch
    {
        "INTERVAL" => Positive(given) is { } interval ? this with { Interval = interval } : null,
        "COUNT" => Positive(given) is { } count ? this with { Count = count } : null,
        "UNTIL" => ICalTime.Parse(given, null) is { } until ? this with { Until = until } : null,
        "BYSECOND" => Numbers(given, 0, 60) is { } seconds ? this with { BySecond = [.. seconds.Select(second => Math.Min(second, 59))] } : null,
        "BYMINUTE" => Numbers(given, 0, 59) is { } minutes ? this with { ByMinute = minutes } : null,
        "BYHOUR" => Numbers(given, 0, 23) is { } hours ? this with { ByHour = hours } : null,
        "BYDAY" => Days(given) is { } days ? this with { ByDay = days } : null,
        "BYMONTHDAY" => Signed(given, 31) is { } days ? this with { ByMonthDay = days } : null,
        "BYYEARDAY" => Signed(given, 366) is { } days ? this with { ByYearDay = days } : null,
        "BYWEEKNO" => Signed(given, 53) is { } weeks ? this with { ByWeekNo = weeks } : null,
        "BYMONTH" => Months(given) is { } months ? this with { ByMonth = months } : null,
        "BYSETPOS" => Signed(given, 366) is { } positions ? this with { BySetPos = positions } : null,
        "WKST" => DayOf(given) is { } day ? this with { WeekStart = day } : null,
        "RSCALE" => this with { Rscale = given },
        "SKIP" => Enum.TryParse(given, ignoreCase: true, out RecurrenceSkip skip) && !int.TryParse(given, out _) ? this with { Skip = skip } : null,
        _ => this,
    };

    static void Append(StringBuilder text, string name, IReadOnlyList<int> numbers) =>
        Append(text, name, numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    static void Append(StringBuilder text, string name, IEnumerable<string> values)
    {
        var joined = string.Join(',', values);
        if (joined.Length > 0) text.Append(';').Append(name).Append('=').Append(joined);
    }

    static int? Positive(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    static List<int>? Signed(string text, int most) => Numbers(text, -most, most) is { } numbers && !numbers.Contains(0) ? numbers : null;

    static List<int>? Numbers(string text, int least, int most)
    {
        var numbers = new SortedSet<int>();
        var parts = text.Split(',');
        if (parts.Length > MostValues) return null;
        foreach (var part in parts)
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < least || number > most) return null;
            numbers.Add(number);
        }

        return [.. numbers];
    }

    static List<string>? Months(string text)
    {
        var months = text.Split(',').Select(part => part.Trim()).ToList();
        foreach (var month in months)
            if (!int.TryParse(month.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 13)
                return null;
        return months.Count > MostValues ? null : [.. months.Select(month => month.TrimStart('0')).Distinct()];
    }

    static List<RecurrenceDay>? Days(string text)
    {
        var days = new List<RecurrenceDay>();
        foreach (var part in text.Split(','))
        {
            var name = part.Trim();
            if (name.Length < 2 || DayOf(name[^2..]) is not { } day) return null;
            var ordinal = 0;
            if (name.Length > 2 && (!int.TryParse(name[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out ordinal) || ordinal is 0 or < -53 or > 53)) return null;
            days.Add(new RecurrenceDay(ordinal, day));
        }

        return days.Count > MostValues ? null : [.. days.Distinct()];
    }
}
