using System.Globalization;
using Bastide.Protocols.ICalendar;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;
using Shouldly;
using Xunit;
using Duration = NodaTime.Duration;

namespace Bastide.Protocols.Tests.ICalendar;

/// <summary>
/// Many rules, told by Bastide and by Ical.Net, which was written by others from the same standard. Left aside is where it is
/// known to think otherwise: a start that its rule does not make, a month day of every year, hours around a change of clocks.
/// </summary>
public sealed class RecurrenceOracleTests
{
    const int Compared = 25;
    static readonly string[] Days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    [Fact]
    public void Rules_mean_what_another_reader_of_the_standard_says()
    {
        var random = new Random(5545);
        var compared = 0;
        for (var i = 0; i < 250; i++)
        {
            var (start, rule) = (Start(random), Rule(random));
            var theirs = Theirs(start, rule);
            if (theirs.Count == 0) continue;
            var ours = Ours(start, rule, theirs[^1]);
            // It leaves out a start that the rule does not make.
            if (ours[0] < theirs[0]) ours.RemoveAt(0);
            string.Join('\n', ours).ShouldBe(string.Join('\n', theirs), $"DTSTART {start}, {rule}");
            compared++;
        }

        compared.ShouldBeGreaterThan(180);
    }

    static List<Instant> Ours(string start, string rule, Instant last)
    {
        var calendar = ICalendars.Of(Event(start, rule));
        var set = new RecurrenceSet(calendar.ComponentsOf("VEVENT"), new ICalTimeZones(calendar), DateTimeZone.Utc);
        return [.. set.Expand(Instant.FromUtc(1900, 1, 1, 0, 0), last + Duration.FromSeconds(1), 100_000, CancellationToken.None).Select(occurrence => occurrence.Begin)];
    }

    static List<Instant> Theirs(string start, string rule)
    {
        var calendar = Ical.Net.Calendar.Load("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + Event(start, rule) + "\r\nEND:VCALENDAR\r\n")!;
        var last = new CalDateTime(2080, 1, 1);
        var found = new List<Instant>();
        try
        {
            foreach (var occurrence in calendar.GetOccurrences<CalendarEvent>().TakeWhile(occurrence => occurrence.Period.StartTime.LessThan(last)).Take(Compared))
                found.Add(Instant.FromDateTimeUtc(DateTime.SpecifyKind(occurrence.Period.StartTime.AsUtc, DateTimeKind.Utc)));
        }
        catch (EvaluationException)
        {
            // It looks for the next one up to the end of time.
        }

        // It tells a day twice that BYWEEKNO names from both ends.
        return [.. found.Distinct()];
    }

    static string Event(string start, string rule) => $"BEGIN:VEVENT\r\nUID:u\r\nDTSTART{start}\r\nRRULE:{rule}\r\nEND:VEVENT";

    static string Start(Random random)
    {
        var date = new LocalDate(2015, 1, 1).PlusDays(random.Next(4000));
        var text = date.ToString("uuuuMMdd", CultureInfo.InvariantCulture);
        return random.Next(4) switch
        {
            0 => ";VALUE=DATE:" + text,
            1 => $";TZID=America/New_York:{text}T{random.Next(8, 23):00}{random.Next(60):00}00",
            2 => $";TZID=Europe/Paris:{text}T{random.Next(8, 23):00}1500",
            _ => $":{text}T{random.Next(24):00}{random.Next(60):00}{random.Next(60):00}Z",
        };
    }

    static string Rule(Random random)
    {
        var frequency = new[] { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" }[random.Next(4)];
        var rule = "FREQ=" + frequency;
        if (Often(random)) rule += ";INTERVAL=" + random.Next(1, 5);
        var byMonth = Often(random);
        if (byMonth) rule += ";BYMONTH=" + Some(random, 3, () => random.Next(1, 13).ToString(CultureInfo.InvariantCulture));
        switch (frequency)
        {
            case "WEEKLY":
                if (Often(random)) rule += ";BYDAY=" + Some(random, 4, () => Days[random.Next(7)]);
                if (Often(random)) rule += ";WKST=" + Days[random.Next(7)];
                break;
            case "MONTHLY":
                if (Often(random)) rule += ";BYDAY=" + Some(random, 3, () => Nth(random, 5));
                if (Often(random)) rule += ";BYMONTHDAY=" + Some(random, 4, () => Signed(random, 31));
                break;
            case "YEARLY" when byMonth:
                if (Often(random)) rule += ";BYDAY=" + Some(random, 3, () => Nth(random, 5));
                if (Often(random)) rule += ";BYMONTHDAY=" + Some(random, 4, () => Signed(random, 31));
                break;
            case "YEARLY":
                rule += random.Next(3) switch
                {
                    0 => ";BYWEEKNO=" + Some(random, 3, () => Signed(random, 53)) + ";BYDAY=" + Some(random, 3, () => Days[random.Next(7)]),
                    1 => ";BYYEARDAY=" + Some(random, 4, () => Signed(random, 366)),
                    _ => ";BYDAY=" + Some(random, 2, () => Nth(random, 53)),
                };
                break;
        }

        // Positions among what is more than one of a period; not where it counts days twice.
        if (rule.Contains("BYDAY", StringComparison.Ordinal) && !rule.Contains("BYWEEKNO", StringComparison.Ordinal) && random.Next(4) == 0) rule += ";BYSETPOS=" + Some(random, 2, () => Signed(random, 3));
        return rule;
    }

    static bool Often(Random random) => random.Next(2) == 0;

    static string Some(Random random, int most, Func<string> one) => string.Join(',', Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => one()).Distinct());

    static string Nth(Random random, int most) => (Often(random) ? "" : Signed(random, most)) + Days[random.Next(7)];

    static string Signed(Random random, int most) => (random.Next(1, most + 1) * (random.Next(4) == 0 ? -1 : 1)).ToString(CultureInfo.InvariantCulture);
}
