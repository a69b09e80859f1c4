using NodaTime;

namespace Bastide.Calendar.Holidays;

/// <summary>A public holiday by its rule.</summary>
/// <param name="Key">Its name among others, for good.</param>
/// <param name="English">What it is called in English.</param>
/// <param name="French">The same in French.</param>
/// <param name="On">Its date in a year.</param>
/// <param name="Since">The first year it was one.</param>
sealed record Holiday(string Key, string English, string French, Func<int, LocalDate> On, int Since = 0)
{
    /// <summary>One on the same date every year.</summary>
    public static Holiday Fixed(string key, int month, int day, string english, string french, int since = 0) => new(key, english, french, year => new LocalDate(year, month, day), since);

    /// <summary>One so many days after Easter Sunday.</summary>
    public static Holiday AfterEaster(string key, int days, string english, string french) => new(key, english, french, year => Easter.Of(year).PlusDays(days));

    /// <summary>One on the first, second… weekday of a month; the last of it for 5.</summary>
    public static Holiday Weekday(string key, int month, int nth, IsoDayOfWeek day, string english, string french, int since = 0) => new(key, english, french, year =>
    {
        if (nth == 5) return new LocalDate(year, month, 1).PlusMonths(1).Previous(day);
        return new LocalDate(year, month, 1).PlusDays(-1).Next(day).PlusWeeks(nth - 1);
    }, since);
}
