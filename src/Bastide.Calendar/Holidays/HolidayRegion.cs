using System.Globalization;
using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Calendar.Holidays;

/// <summary>A country, or a part of one, with the public holidays that its law names. They follow from rules alone; what a government decrees for one year is not here.</summary>
/// <param name="Key">Its code of ISO 3166, in lower case.</param>
/// <param name="English">What the calendar is called in English.</param>
/// <param name="French">The same in French.</param>
/// <param name="Holidays">The rules.</param>
/// <param name="Substitution">What becomes of one on a weekend.</param>
sealed record HolidayRegion(string Key, string English, string French, IReadOnlyList<Holiday> Holidays, Substitution Substitution = Substitution.None)
{
    const int YearsBack = 2;
    const int YearsAhead = 5;

    /// <summary>Every region there is.</summary>
    public static IReadOnlyList<HolidayRegion> All { get; } =
    [
        new("fr", "Holidays in France", "Jours fériés en France", HolidayRules.France),
        new("fr-alsace-moselle", "Holidays in Alsace-Moselle", "Jours fériés en Alsace-Moselle", [.. HolidayRules.France, HolidayRules.GoodFriday, HolidayRules.SaintStephen]),
        Overseas("gp", "Guadeloupe", "Guadeloupe", 5, 27),
        Overseas("mq", "Martinique", "Martinique", 5, 22),
        Overseas("gf", "French Guiana", "Guyane", 6, 10),
        Overseas("re", "Réunion", "La Réunion", 12, 20),
        Overseas("yt", "Mayotte", "Mayotte", 4, 27),
        new("be", "Holidays in Belgium", "Jours fériés en Belgique", HolidayRules.Belgium),
        new("ch", "Holidays in Switzerland", "Jours fériés en Suisse", HolidayRules.Switzerland),
        new("lu", "Holidays in Luxembourg", "Jours fériés au Luxembourg", HolidayRules.Luxembourg),
        new("de", "Holidays in Germany", "Jours fériés en Allemagne", HolidayRules.Germany),
        new("es", "Holidays in Spain", "Jours fériés en Espagne", HolidayRules.Spain),
        new("it", "Holidays in Italy", "Jours fériés en Italie", HolidayRules.Italy),
        new("gb", "Holidays in England and Wales", "Jours fériés en Angleterre et au pays de Galles", HolidayRules.England, Substitution.NextWeekday),
        new("gb-sct", "Holidays in Scotland", "Jours fériés en Écosse", HolidayRules.Scotland, Substitution.NextWeekday),
        new("gb-nir", "Holidays in Northern Ireland", "Jours fériés en Irlande du Nord", HolidayRules.NorthernIreland, Substitution.NextWeekday),
        new("us", "Holidays in the United States", "Jours fériés aux États-Unis", HolidayRules.UnitedStates, Substitution.Nearest),
    ];

    /// <summary>The region of a key, or null.</summary>
    public static HolidayRegion? Find(string key) => All.FirstOrDefault(region => region.Key == key);

    /// <summary>The holidays of a year in their order, and the days that stand for them; these have a holiday of the same key before them.</summary>
    public IReadOnlyList<(LocalDate Date, Holiday Holiday, bool IsSubstitute)> Of(int year)
    {
        var days = Holidays.Where(holiday => year >= holiday.Since).Select(holiday => (Date: holiday.On(year), Holiday: holiday, IsSubstitute: false)).OrderBy(day => day.Date).ToList();
        var taken = days.Select(day => day.Date).ToHashSet();
        foreach (var (date, holiday, _) in days.Where(day => IsWeekend(day.Date)).ToList())
            if (SubstituteOf(date, taken) is { } substitute && taken.Add(substitute))
                days.Add((substitute, holiday, true));
        return [.. days.OrderBy(day => day.Date)];
    }

    /// <summary>The years around one as iCalendar.</summary>
    public byte[] Write(bool isFrench, int year)
    {
        var calendar = new ICalComponent("VCALENDAR", new ICalProperty("VERSION", "2.0"), new ICalProperty("PRODID", CalendarObjects.Product));
        foreach (var (date, holiday, isSubstitute) in Enumerable.Range(year - YearsBack, YearsBack + YearsAhead + 1).SelectMany(Of))
        {
            var name = isFrench ? holiday.French : holiday.English;
            if (isSubstitute) name += isFrench ? " (jour de remplacement)" : " (substitute day)";
            calendar.Add(new ICalComponent(
                "VEVENT",
                new ICalProperty("UID", string.Create(CultureInfo.InvariantCulture, $"{Key}-{holiday.Key}-{date:yyyy}{(isSubstitute ? "-substitute" : "")}")),
                new ICalProperty("DTSTAMP", "20000101T000000Z"),
                ICalTime.OfDate(date).ToProperty("DTSTART"),
                new ICalProperty("SUMMARY", ICalText.Escape(name)),
                new ICalProperty("TRANSP", "TRANSPARENT")));
        }

        return ICalWriter.Write(calendar);
    }

    static HolidayRegion Overseas(string key, string english, string french, int month, int day) => new(
        "fr-" + key, $"Holidays in {english}", $"Jours fériés : {french}", [.. HolidayRules.France, Holiday.Fixed("abolition", month, day, "Abolition of slavery", "Abolition de l'esclavage")]);

    LocalDate? SubstituteOf(LocalDate date, HashSet<LocalDate> taken)
    {
        if (Substitution == Substitution.None) return null;
        if (Substitution == Substitution.Nearest) return date.DayOfWeek == IsoDayOfWeek.Saturday ? date.PlusDays(-1) : date.PlusDays(1);
        while (IsWeekend(date) || taken.Contains(date)) date = date.PlusDays(1);
        return date;
    }

    static bool IsWeekend(LocalDate date) => date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;
}
