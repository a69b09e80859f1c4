using System.Globalization;
using Bastide.Abstractions.Contacts;
using Bastide.Calendar.Store;
using Bastide.Platform.Changes;
using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Calendar.Sources;

/// <summary><c>bastide:birthdays</c>: the days of birth and of wedding of the people in the account's address books, as series that come back every year.</summary>
sealed class Birthdays(IEnumerable<IAnniversaries> houses)
{
    // Where no year is known: one that has a 29 February, before most who ask.
    const int UnknownYear = 1972;

    /// <summary>Whether there is a house that knows them.</summary>
    public bool AreKnown => houses.Any();

    /// <summary>They, unless nothing of them moved since the source was read last.</summary>
    public async ValueTask<SourceAnswer> Get(SourceRow source, bool isFrench, CancellationToken cancellation)
    {
        if (houses.FirstOrDefault() is not { } house) return SourceAnswer.Failed("unreachable", "There are no contacts in this workplace.");
        Sequence? known = Sequence.TryParse(source.ETag, CultureInfo.InvariantCulture, out var seq) ? seq : null;
        if (await house.Since(source.Account, known, cancellation) is not ({ } days, { } state)) return new SourceAnswer { ETag = source.ETag };
        var calendar = new ICalComponent("VCALENDAR", new ICalProperty("VERSION", "2.0"), new ICalProperty("PRODID", CalendarObjects.Product));
        foreach (var day in days.Take(SourceContent.MostObjects))
            if (Title(day, isFrench) is { } title)
                calendar.Add(Event(day, title));
        return new SourceAnswer { Octets = ICalWriter.Write(calendar), ETag = state.ToString() };
    }

    static ICalComponent Event(Anniversary day, string title) => new(
        "VEVENT",
        new ICalProperty("UID", ICalText.Escape($"{day.Uid}-{day.Key}")),
        new ICalProperty("DTSTAMP", "20000101T000000Z"),
        ICalTime.OfDate(DateOf(day)).ToProperty("DTSTART"),
        new ICalProperty("RRULE", day is { Month: 2, Day: 29 } ? "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1" : "FREQ=YEARLY"),
        new ICalProperty("SUMMARY", ICalText.Escape(title)),
        new ICalProperty("TRANSP", "TRANSPARENT"));

    // Who was born on 29 February celebrates on the last day of the month; the first year may be none of the leap years, where a card is wrong.
    static LocalDate DateOf(Anniversary day)
    {
        var year = day.Year ?? UnknownYear;
        return new LocalDate(year, day.Month, Math.Min(day.Day, CalendarSystem.Iso.GetDaysInMonth(year, day.Month)));
    }

    static string? Title(Anniversary day, bool isFrench)
    {
        var year = day.Year is { } known ? string.Create(CultureInfo.InvariantCulture, $" ({known})") : "";
        return (day.Kind, isFrench) switch
        {
            ("birth", false) => $"Birthday: {day.Name}{year}",
            ("birth", true) => $"Anniversaire : {day.Name}{year}",
            ("wedding", false) => $"Wedding anniversary: {day.Name}{year}",
            ("wedding", true) => $"Anniversaire de mariage : {day.Name}{year}",
            _ => null,
        };
    }
}
