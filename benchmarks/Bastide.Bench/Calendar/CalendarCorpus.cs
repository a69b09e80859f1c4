using System.Globalization;
using System.Text;

namespace Bastide.Bench.Calendar;

/// <summary>A calendar as years of use leave it: single meetings, and series of which some have exceptions.</summary>
static class CalendarCorpus
{
    static readonly DateTime First = new(2024, 1, 1, 8, 0, 0, DateTimeKind.Unspecified);
    static readonly string[] Rules = ["FREQ=DAILY;COUNT=30", "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=WEEKLY;UNTIL=20271231T000000Z", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=YEARLY"];

    /// <summary>A Monday in the midst of it, for questions about times.</summary>
    public static DateTime Monday(int week) => new DateTime(2025, 1, 6, 0, 0, 0, DateTimeKind.Unspecified).AddDays(7 * (week % 100));

    /// <summary>The object number <paramref name="number"/>, of which every <paramref name="seriesEach"/>th is a series.</summary>
    public static string Object(string uid, int number, int seriesEach)
    {
        var start = First.AddDays(number * 7 % 1000).AddHours(number % 9);
        var isSeries = number % seriesEach == 0;
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bastide//Benchmark//EN\r\n");
        text.Append("BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\nBEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:19810329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n");
        Event(text, uid, number, start, isSeries ? $"RRULE:{Rules[number / seriesEach % Rules.Length]}\r\n" : "");
        if (isSeries && number / seriesEach % 5 == 1) Event(text, uid, number, start.AddHours(1), $"RECURRENCE-ID;TZID=Europe/Paris:{Local(start)}\r\n");
        return text.Append("END:VCALENDAR\r\n").ToString();
    }

    static void Event(StringBuilder text, string uid, int number, DateTime start, string rest) => text.Append($"""
        BEGIN:VEVENT
        UID:{uid}
        DTSTAMP:20240101T080000Z
        DTSTART;TZID=Europe/Paris:{Local(start)}
        DTEND;TZID=Europe/Paris:{Local(start.AddHours(1))}
        SUMMARY:Meeting {number} about the harbour
        LOCATION:Room {number % 40}
        DESCRIPTION:What was said last time\, and what is to be decided: point {number % 17}.
        ORGANIZER;CN=Person {number % 50}:mailto:person{number % 50}@example.org
        ATTENDEE;PARTSTAT=ACCEPTED;CN=Other {number % 70}:mailto:other{number % 70}@example.org
        {rest}END:VEVENT

        """.ReplaceLineEndings("\r\n"));

    static string Local(DateTime time) => time.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
}
