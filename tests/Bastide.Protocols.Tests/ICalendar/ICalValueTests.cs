using Bastide.Protocols.ICalendar;
using NodaTime;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.ICalendar;

public sealed class ICalValueTests
{
    [Theory]
    [InlineData("20240229", "20240229")]
    [InlineData("20240229T235960Z", "20240229T235959Z")]
    [InlineData("20240229t1000", "20240229T100000")]
    [InlineData(" 20240229T100000 ", "20240229T100000")]
    [InlineData("20230229", null)]
    [InlineData("20240229T240000", null)]
    [InlineData("20240229T100000+0100", null)]
    [InlineData("20240229Z", null)]
    [InlineData("00000101", null)]
    [InlineData("1234", null)]
    [InlineData("", null)]
    public void Times_are_read(string text, string? value) => ICalTime.Parse(text, null)?.Value.ShouldBe(value);

    [Theory]
    [InlineData("one\\, two\\ntwo\\\\", "one, two\ntwo\\")]
    [InlineData("\\x\\", "\\x\\")]
    [InlineData("one\rtwo\r", "one\ntwo\n")]
    [InlineData("one\r\ntwo", "one\ntwo")]
    [InlineData("one\\\rtwo", "one\\\ntwo")]
    public void A_text_is_read_and_written_as_what_is_read_as_the_same(string value, string text)
    {
        ICalText.Unescape(value).ShouldBe(text);
        ICalText.Unescape(ICalText.Escape(text)).ShouldBe(text);
    }

    [Theory]
    [InlineData("PT15M", "PT15M")]
    [InlineData("-P1DT2H3M4S", "-P1DT2H3M4S")]
    [InlineData("+P2W", "P2W")]
    [InlineData("P14D", "P2W")]
    [InlineData("PT0S", "PT0S")]
    [InlineData("P1DT", "P1D")]
    [InlineData("PT90M", "PT1H30M")]
    [InlineData("P", null)]
    [InlineData("PT", null)]
    [InlineData("P1H", null)]
    [InlineData("P1Y", null)]
    [InlineData("P999999999D", null)]
    [InlineData("PT99999999999S", null)]
    [InlineData("15M", null)]
    public void Durations_are_read(string text, string? value) => ICalDuration.Parse(text)?.ToString().ShouldBe(value);

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,-1FR;WKST=SU;INTERVAL=2;COUNT=3", "FREQ=WEEKLY;COUNT=3;INTERVAL=2;BYDAY=MO,-1FR;WKST=SU")]
    [InlineData("freq=daily;until=20240101t000000z", "FREQ=DAILY;UNTIL=20240101T000000Z")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31;RSCALE=GREGORIAN;SKIP=BACKWARD", "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD")]
    [InlineData("FREQ=YEARLY;BYMONTH=05,6L;X-NEW=1", "FREQ=YEARLY;BYMONTH=5,6L")]
    [InlineData("INTERVAL=2", null)]
    [InlineData("FREQ=3", null)]
    [InlineData("FREQ=FORTNIGHTLY", null)]
    [InlineData("FREQ=DAILY;BYHOUR=24", null)]
    [InlineData("FREQ=DAILY;COUNT=0", null)]
    [InlineData("FREQ=DAILY;BYMONTHDAY=0", null)]
    [InlineData("FREQ=DAILY;BYDAY=XX", null)]
    [InlineData("FREQ=DAILY;UNTIL=soon", null)]
    public void Rules_are_read(string text, string? written) => RecurrenceRule.Parse(text)?.ToString().ShouldBe(written);

    [Theory]
    [InlineData("Europe/Paris", "Europe/Paris")]
    [InlineData("EUROPE/PARIS", "Europe/Paris")]
    [InlineData("US-Eastern", "US/Eastern")]
    [InlineData("/mozilla.org/20070129_1/Europe/Berlin", "Europe/Berlin")]
    [InlineData("/softwarestudio.org/Olson_20011030_5/America/New_York", "America/New_York")]
    [InlineData("/citadel.org/20210210_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires")]
    [InlineData("Romance Standard Time", "Europe/Paris")]
    [InlineData("W. Europe", "Europe/Berlin")]
    [InlineData("(GMT+10:00) Canberra, Melbourne, Sydney", "Australia/Canberra")]
    [InlineData("(UTC-08:00) Pacific Time (US & Canada)", "America/Los_Angeles")]
    [InlineData("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata")]
    [InlineData("UTC", "UTC")]
    [InlineData("GMT-05:00", "Etc/GMT+5")]
    [InlineData("+0530", null)]
    [InlineData("Customized Time Zone", null)]
    [InlineData("", null)]
    public void Names_of_zones_are_known(string tzid, string? iana) => TimeZoneNames.Find(tzid).ShouldBe(iana);

    [Theory]
    [InlineData("+0100", "+0200", 3, 10, "Europe/")]
    [InlineData("-0500", "-0400", 3, 11, null)]
    public void A_zone_that_only_its_VTIMEZONE_explains_is_known_by_its_clocks(string standard, string daylight, int spring, int autumn, string? like)
    {
        var calendar = ICalendars.Of(
            "BEGIN:VTIMEZONE\r\nTZID:Mine\r\n" +
            $"BEGIN:STANDARD\r\nDTSTART:1970{autumn:00}25T030000\r\nRRULE:FREQ=YEARLY;BYMONTH={autumn};BYDAY=-1SU\r\nTZOFFSETFROM:{daylight}\r\nTZOFFSETTO:{standard}\r\nEND:STANDARD\r\n" +
            $"BEGIN:DAYLIGHT\r\nDTSTART:1970{spring:00}29T020000\r\nRRULE:FREQ=YEARLY;BYMONTH={spring};BYDAY=-1SU\r\nTZOFFSETFROM:{standard}\r\nTZOFFSETTO:{daylight}\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE");
        var id = new ICalTimeZones(calendar).IanaId("Mine", Instant.FromUtc(2024, 6, 1, 0, 0));
        if (like is null) id.ShouldBeNull();
        else id.ShouldNotBeNull().ShouldStartWith(like);
    }
}
