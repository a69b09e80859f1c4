using System.Diagnostics;
using System.Net;
using System.Text;

namespace Bastide.Calendar.Tests.Dav;

/// <summary>Queries that nobody asks who wants an answer.</summary>
public sealed class HostileQueryTests(CalendarSqlite fixture) : IClassFixture<CalendarSqlite>
{
    const int Levels = 10_000;
    const string Week = "<C:calendar-query xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><C:filter><C:comp-filter name=\"VCALENDAR\"><C:comp-filter name=\"VEVENT\"><C:time-range start=\"20260301T000000Z\" end=\"20260308T000000Z\"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>";

    [Fact]
    public async Task A_query_ten_thousand_filters_deep_is_refused_and_others_are_answered()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var open = new StringBuilder("<C:calendar-query xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><C:filter>");
        for (var i = 0; i < Levels; i++) open.Append("<C:comp-filter name=\"VCALENDAR\">");
        for (var i = 0; i < Levels; i++) open.Append("</C:comp-filter>");
        open.Append("</C:filter></C:calendar-query>");
        (await Report(alice, open.ToString())).ShouldBe(HttpStatusCode.BadRequest);
        (await Report(bob, "<C:calendar-query xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><C:filter><C:comp-filter name=\"VCALENDAR\"/></C:filter></C:calendar-query>")).ShouldBe(HttpStatusCode.MultiStatus);
    }

    [Fact]
    public async Task More_filters_than_anybody_needs_are_refused()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var filters = string.Concat(Enumerable.Repeat("<C:prop-filter name=\"SUMMARY\"><C:text-match>a</C:text-match></C:prop-filter>", 1000));
        (await Report(alice, $"<C:calendar-query xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><C:filter><C:comp-filter name=\"VCALENDAR\"><C:comp-filter name=\"VEVENT\">{filters}</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"))
            .ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("RRULE:FREQ=SECONDLY")]
    [InlineData("RRULE:FREQ=SECONDLY;INTERVAL=86399")]
    [InlineData("RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30")]
    public async Task A_hundred_years_of_a_rule_by_the_second_are_refused_while_a_second_person_is_answered_at_once(string rule)
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        await workplace.Keep(bob, await workplace.First(bob), "b.ics", Texts.Hour("b", 3));
        (await Put(alice, "s", Texts.Event("s", $"DTSTART:20260301T000000Z\nDURATION:PT1S\n{rule}"))).ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.Forbidden);
        var hundredYears = "start=\"20260301T000000Z\" end=\"21260301T000000Z\"";
        var expand = $"<C:calendar-query xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:prop><C:calendar-data><C:expand {hundredYears}/></C:calendar-data></D:prop><C:filter><C:comp-filter name=\"VCALENDAR\"><C:comp-filter name=\"VEVENT\"><C:time-range {hundredYears}/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>";
        await Beside(alice, bob, async () =>
        {
            (await Report(alice, expand)).ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.MultiStatus);
            (await Report(alice, $"<C:free-busy-query xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><C:time-range {hundredYears}/></C:free-busy-query>")).ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.OK);
        });
    }

    [Fact]
    public async Task A_series_with_a_hundred_thousand_exceptions_is_refused_or_kept_while_a_second_person_is_answered_at_once()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        await workplace.Keep(bob, await workplace.First(bob), "b.ics", Texts.Hour("b", 3));
        var start = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        var dates = string.Join('\n', Enumerable.Range(0, 1000).Select(line => "EXDATE:" + string.Join(',', Enumerable.Range(line * 100, 100).Select(n => $"{start.AddMinutes(n):yyyyMMdd'T'HHmmss'Z'}"))));
        var overrides = string.Join('\n', Enumerable.Range(0, 100_000).Select(n => Texts.Component("o", $"RECURRENCE-ID:{start.AddMinutes(n):yyyyMMdd'T'HHmmss'Z'}\nDTSTART:{start.AddMinutes(n + 1):yyyyMMdd'T'HHmmss'Z'}")));
        var minutely = "DTSTART:20260301T000000Z\nDURATION:PT1S\nRRULE:FREQ=MINUTELY";
        await Beside(alice, bob, async () =>
        {
            (await Put(alice, "e", Texts.Event("e", $"{minutely}\n{dates}"))).ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.Forbidden);
            (await Put(alice, "o", Texts.Object(Texts.Component("o", minutely) + "\n" + overrides))).ShouldBe(HttpStatusCode.Forbidden);
            (await Report(alice, "<C:calendar-query xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><C:filter><C:comp-filter name=\"VCALENDAR\"><C:comp-filter name=\"VEVENT\"><C:time-range start=\"20260501T000000Z\" end=\"20270501T000000Z\"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"))
                .ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.MultiStatus);
        });
    }

    /// <summary>Does what somebody should not do, within half a minute, while somebody else reads their calendar and is never kept waiting.</summary>
    static async Task Beside(CalendarPerson hostile, CalendarPerson other, Func<Task> work)
    {
        // The first of each kind pays for what the runtime compiles.
        (await Report(other, Week)).ShouldBe(HttpStatusCode.MultiStatus);
        (await Report(hostile, Week)).ShouldBe(HttpStatusCode.MultiStatus);
        var running = Task.Run(work, TestContext.Current.CancellationToken);
        var (longest, answered) = (TimeSpan.Zero, 0);
        var begun = Stopwatch.GetTimestamp();
        do
        {
            var asked = Stopwatch.GetTimestamp();
            (await Report(other, Week)).ShouldBe(HttpStatusCode.MultiStatus);
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(asked).Ticks));
            answered++;
        }
        while (!running.IsCompleted);
        await running;
        Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        longest.ShouldBeLessThan(TimeSpan.FromSeconds(5), $"{answered} answers");
    }

    static async Task<HttpStatusCode> Put(CalendarPerson person, string name, byte[] text)
    {
        using var content = new ByteArrayContent(text);
        content.Headers.ContentType = new("text/calendar");
        using var answer = await person.Http.PutAsync($"dav/calendars/{person.Address}/default/{name}.ics", content);
        return answer.StatusCode;
    }

    static async Task<HttpStatusCode> Report(CalendarPerson person, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod("REPORT"), $"dav/calendars/{person.Address}/default/") { Content = new StringContent(body, Encoding.UTF8, "application/xml") };
        request.Headers.Add("Depth", "1");
        using var answer = await person.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
