using Bastide.Protocols.ICalendar;
using NodaTime;
using NodaTime.Text;

namespace Bastide.Protocols.Tests.ICalendar;

/// <summary>One of <see cref="HardCases"/>.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Zone">Where one is.</param>
/// <param name="From">The time asked for, and</param>
/// <param name="To">its end.</param>
/// <param name="Text">Events, the properties of each between bars and two bars between events; behind <c>%</c> other components.</param>
/// <param name="Expected">The occurrences.</param>
sealed record HardCase(string Name, string Zone, string From, string To, string Text, string Expected)
{
    const int Most = 1000;
    static readonly LocalDateTimePattern Written = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public ICalComponent Calendar() => ICalendars.Of([.. Text.Split("||").Select(part => part[0] == '%'
        ? part[1..].Replace("|", "\r\n", StringComparison.Ordinal)
        : "BEGIN:VEVENT\r\nUID:u\r\n" + part.Replace("|", "\r\n", StringComparison.Ordinal) + "\r\nEND:VEVENT")]);

    public string Expand()
    {
        var calendar = Calendar();
        var set = new RecurrenceSet(calendar.ComponentsOf("VEVENT"), new ICalTimeZones(calendar), DateTimeZoneProviders.Tzdb[Zone]);
        return string.Join(' ', set.Expand(Window.From, Window.To, Most, CancellationToken.None).Select(Describe));
    }

    public (Instant From, Instant To) Window => (Moment(From), Moment(To));

    static Instant Moment(string text) => InstantPattern.General.Parse(text).Value;

    static string Describe(Occurrence occurrence)
    {
        var (begin, end) = (occurrence.Begin.InUtc().LocalDateTime, occurrence.End.InUtc().LocalDateTime);
        var shown = Written.Format(end);
        var text = Without2024(Written.Format(begin)) + "/" + (begin.Date == end.Date ? shown[^5..] : begin.Year == end.Year ? shown[5..] : Without2024(shown));
        return occurrence.RecurrenceId is not { } id || id == occurrence.Start.Local ? text : text + "@" + Written.Format(id)[5..];
    }

    static string Without2024(string text) => text.StartsWith("2024-", StringComparison.Ordinal) ? text[5..] : text;
}
