using System.Globalization;
using System.Text.RegularExpressions;
using static System.FormattableString;

namespace Bastide.Protocols.VCard;

/// <summary>
/// A date of a card, whole or in part, and the time of day where it has one: ISO 8601 as RFC 6350 §4.3 takes it, in its basic
/// form as 4.0 writes it or extended as 3.0 does.
/// </summary>
/// <param name="Year">The year, or null.</param>
/// <param name="Month">The month, or null.</param>
/// <param name="Day">The day, or null.</param>
/// <param name="Time">The time in its basic form without T, or null: <c>102200Z</c>, <c>1022-0500</c>.</param>
public readonly partial record struct CardDate(int? Year, int? Month, int? Day, string? Time)
{
    /// <summary>Reads either form; false for anything else, and for a date no calendar has.</summary>
    public static bool TryParse(string text, out CardDate date)
    {
        date = default;
        var match = Form().Match(text.Trim());
        if (!match.Success) return false;
        var (year, month, day) = (Number(match, "year"), Number(match, "month"), Number(match, "day"));
        if (month is < 1 or > 12 || day < 1 || day > (month is { } m ? DateTime.DaysInMonth(year is { } y and > 0 ? y : 2000, m) : 31)) return false;
        var time = match.Groups["time"].Success ? match.Groups["time"].Value.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant() : null;
        if (year is null && month is null && day is null && time is null) return false;
        date = new CardDate(year, month, day, time);
        return true;
    }

    /// <summary>The form of 4.0: <c>19961022T140000</c>, <c>--1022</c>, <c>1985-04</c>.</summary>
    public string ToBasic() => DatePart(isExtended: false) + (Time is null ? "" : "T" + Time);

    /// <summary>The form of 3.0: <c>1996-10-22T14:00:00</c>.</summary>
    public string ToExtended() => DatePart(isExtended: true) + (Time is null ? "" : "T" + TimeForm().Replace(Time, time =>
        string.Join(':', new[] { time.Groups["h"].Value, time.Groups["m"].Value, time.Groups["s"].Value }.Where(part => part.Length > 0)) + time.Groups["f"].Value + Zone(time.Groups["z"].Value)));

    /// <summary>The moment it names, when it is whole, with a time and a zone; null otherwise.</summary>
    public DateTimeOffset? ToMoment()
    {
        if (Year is null || Month is null || Day is null || Time is null) return null;
        var text = ToExtended();
        var zone = text.LastIndexOfAny(['+', '-', 'Z']);
        if (zone < text.IndexOf('T', StringComparison.Ordinal)) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;
    }

    string DatePart(bool isExtended) => (Year, Month, Day) switch
    {
        ({ } y, { } m, { } d) => isExtended ? Invariant($"{y:0000}-{m:00}-{d:00}") : Invariant($"{y:0000}{m:00}{d:00}"),
        ({ } y, { } m, null) => Invariant($"{y:0000}-{m:00}"),
        ({ } y, null, _) => Invariant($"{y:0000}"),
        (null, { } m, { } d) => isExtended ? Invariant($"--{m:00}-{d:00}") : Invariant($"--{m:00}{d:00}"),
        (null, { } m, null) => Invariant($"--{m:00}"),
        (null, null, { } d) => Invariant($"---{d:00}"),
        _ => "",
    };

    static string Zone(string zone) => zone.Length == 5 ? zone.Insert(3, ":") : zone;

    static int? Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^(?:(?<year>\d{4})-?(?<month>\d\d)-?(?<day>\d\d)|(?<year>\d{4})-(?<month>\d\d)|(?<year>\d{4})|--(?<month>\d\d)-?(?<day>\d\d)|--(?<month>\d\d)|---(?<day>\d\d))?(?:[Tt ](?<time>(?:\d\d(?::?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?)?)(?:[Zz]|[+-]\d\d(?::?\d\d)?)?))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"^(?<h>\d\d)(?<m>\d\d)?(?<s>\d\d)?(?<f>[.,]\d+)?(?<z>Z|[+-]\d\d(?:\d\d)?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex TimeForm();
}
