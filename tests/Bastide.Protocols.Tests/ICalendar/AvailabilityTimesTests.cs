using System.Text;
using Bastide.Protocols.ICalendar;
using NodaTime;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.ICalendar;

/// <summary>RFC 7953 §5.</summary>
public sealed class AvailabilityTimesTests
{
    static readonly Instant From = Instant.FromUtc(2026, 3, 2, 0, 0);
    static readonly Instant To = Instant.FromUtc(2026, 3, 4, 0, 0);

    [Fact]
    public void Outside_of_what_is_available_one_is_not_there() =>
        Busy(Hours("a", "", Available("b", "DTSTART;TZID=Europe/Paris:20260101T090000\nDTEND;TZID=Europe/Paris:20260101T170000\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")))
            .ShouldBe(["02T00:00 02T08:00 BUSY-UNAVAILABLE", "02T16:00 03T08:00 BUSY-UNAVAILABLE", "03T16:00 04T00:00 BUSY-UNAVAILABLE"]);

    [Fact]
    public void What_matters_more_is_told_over_what_matters_less() =>
        Busy(
            Hours("week", "PRIORITY:5", Available("b", "DTSTART:20260302T080000Z\nDTEND:20260302T170000Z")),
            Hours("trip", "PRIORITY:1\nBUSYTYPE:BUSY\nDTSTART:20260302T120000Z\nDURATION:PT6H", Available("c", "DTSTART:20260302T130000Z\nDURATION:PT1H")),
            Hours("old", "PRIORITY:0\nBUSYTYPE:BUSY-TENTATIVE"))
            .ShouldBe(["02T00:00 02T08:00 BUSY-UNAVAILABLE", "02T12:00 02T13:00 BUSY", "02T14:00 02T18:00 BUSY", "02T18:00 04T00:00 BUSY-UNAVAILABLE"]);

    [Fact]
    public void An_instance_of_its_own_takes_the_place_of_the_one_it_names() =>
        Busy(Hours("a", "", Available("b", "DTSTART:20260301T080000Z\nDTEND:20260301T180000Z\nRRULE:FREQ=DAILY"), Available("b", "RECURRENCE-ID:20260302T080000Z\nDTSTART:20260302T100000Z\nDTEND:20260302T120000Z")))
            .ShouldBe(["02T00:00 02T10:00 BUSY-UNAVAILABLE", "02T12:00 03T08:00 BUSY-UNAVAILABLE", "03T18:00 04T00:00 BUSY-UNAVAILABLE"]);

    [Fact]
    public void What_recurs_every_second_is_refused() =>
        Should.Throw<ExpansionRefusedException>(() => Busy(Hours("a", "", Available("b", "DTSTART:20260301T080000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY"))));

    static string Hours(string uid, string lines, params string[] available) => $"BEGIN:VAVAILABILITY\nUID:{uid}\nDTSTAMP:20260101T000000Z\n{lines}\n{string.Join('\n', available)}\nEND:VAVAILABILITY";

    static string Available(string uid, string lines) => $"BEGIN:AVAILABLE\nUID:{uid}\nDTSTAMP:20260101T000000Z\n{lines}\nEND:AVAILABLE";

    static List<string> Busy(params string[] components)
    {
        var objects = components.Select(component => $"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\n{component}\nEND:VCALENDAR\n".Replace("\n\n", "\n", StringComparison.Ordinal).ReplaceLineEndings("\r\n"))
            .Select(text => CalendarObject.Of(ICalReader.ReadCalendar(Encoding.UTF8.GetBytes(text), ICalLimits.Object)));
        return [.. AvailabilityTimes.Busy(objects, From, To, DateTimeZone.Utc, CancellationToken.None).Select(time => $"{Told(time.Begin)} {Told(time.End)} {time.Type}")];
    }

    static string Told(Instant instant) => instant.ToString("dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
