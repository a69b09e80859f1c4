using System.Net;
using System.Text;

namespace Bastide.Calendar.Tests.Dav;

/// <summary>Queries that nobody asks who wants an answer.</summary>
public sealed class HostileQueryTests(CalendarSqlite fixture) : IClassFixture<CalendarSqlite>
{
    const int Levels = 10_000;

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

    static async Task<HttpStatusCode> Report(CalendarPerson person, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod("REPORT"), $"dav/calendars/{person.Address}/default/") { Content = new StringContent(body, Encoding.UTF8, "application/xml") };
        request.Headers.Add("Depth", "1");
        using var answer = await person.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
