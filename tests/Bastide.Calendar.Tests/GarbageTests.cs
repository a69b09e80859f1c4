using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bastide.Calendar.Tests;

/// <summary>Requests made of good ones that were damaged: whatever comes, it is an answer and no failure of the server.</summary>
public sealed class GarbageTests(CalendarSqlite fixture) : IClassFixture<CalendarSqlite>
{
    const int Tries = 1500;

    const string Series = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Test//EN
        BEGIN:VTIMEZONE
        TZID:Odd
        BEGIN:STANDARD
        DTSTART:19701025T030000
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:garbage
        DTSTAMP:20260301T000000Z
        DTSTART;TZID=Odd:20260302T090000
        DTEND;TZID=Odd:20260302T100000
        SUMMARY;LANGUAGE=en:Team
        CLASS:PUBLIC
        STATUS:CONFIRMED
        TRANSP:OPAQUE
        ORGANIZER;CN=Alice:mailto:alice@example.org
        ATTENDEE;PARTSTAT=ACCEPTED;CUTYPE=INDIVIDUAL:mailto:bob@example.org
        RRULE:FREQ=MONTHLY;INTERVAL=2;COUNT=20;BYDAY=1MO,-1FR;BYSETPOS=1
        RDATE;VALUE=PERIOD:20260401T090000Z/PT2H
        EXDATE;TZID=Odd:20260504T090000
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:Soon
        TRIGGER;RELATED=END:-PT15M
        REPEAT:2
        DURATION:PT5M
        END:VALARM
        END:VEVENT
        BEGIN:VEVENT
        UID:garbage
        RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Odd:20260706T090000
        DTSTAMP:20260301T000000Z
        DTSTART;TZID=Odd:20260707T140000
        DURATION:PT1H30M
        END:VEVENT
        END:VCALENDAR
        """;

    const string Task = """
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VTODO
        UID:task
        DTSTAMP:20260301T000000Z
        DUE;VALUE=DATE:20260302
        COMPLETED:20260303T000000Z
        PERCENT-COMPLETE:50
        RRULE:FREQ=DAILY;UNTIL=20260401
        END:VTODO
        END:VCALENDAR
        """;

    static readonly string[] Reports =
    [
        """
        <C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/><C:calendar-data><C:comp name="VCALENDAR"><C:comp name="VEVENT"><C:prop name="SUMMARY" novalue="yes"/></C:comp></C:comp><C:expand start="20260301T000000Z" end="20260401T000000Z"/></C:calendar-data></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="20260301T000000Z" end="20260401T000000Z"/><C:prop-filter name="ATTENDEE"><C:text-match collation="i;octet" negate-condition="yes">x</C:text-match><C:param-filter name="PARTSTAT"><C:is-not-defined/></C:param-filter></C:prop-filter><C:comp-filter name="VALARM"><C:time-range start="20260301T000000Z"/></C:comp-filter></C:comp-filter></C:comp-filter></C:filter><C:timezone-id>Europe/Paris</C:timezone-id></C:calendar-query>
        """,
        """
        <C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:allprop/><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VTODO"><C:time-range end="20260401T000000Z"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>
        """,
        """
        <C:calendar-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data><C:limit-recurrence-set start="20260301T000000Z" end="20260401T000000Z"/></C:calendar-data></D:prop><D:href>/dav/calendars/ADDRESS/default/0.ics</D:href></C:calendar-multiget>
        """,
        """
        <C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav"><C:time-range start="20260301T000000Z" end="20260401T000000Z"/></C:free-busy-query>
        """,
    ];

    static readonly string[] Words =
    [
        "20260302T090000Z", "99991231T235959Z", "00010101T000000Z", "-P1D", "P999999999D", "PT9999999999S", ":", ";", ",", "\"", "\r\n", "BEGIN:", "END:VEVENT", "FREQ=SECONDLY", "COUNT=0", "INTERVAL=999999999", "BYYEARDAY=366", "name=\"\"",
        "TZID=", "VALUE=DATE", "é", "\u0000", "&#0;", "</", "<x/>", "null", "true", "-1", "1e400", "{}", "[]", "9007199254740993", "%",
    ];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Texts_and_queries_that_were_damaged_are_answered()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = $"dav/calendars/{alice.Address}/default/";
        var random = new Random(4791);
        foreach (var (text, name) in new[] { (Series, "0.ics"), (Task, "1.ics") }) (await Send(alice, "PUT", calendar + name, text, "text/calendar")).ShouldBe(HttpStatusCode.Created);
        for (var i = 0; i < Tries; i++)
        {
            var isText = random.Next(2) == 0;
            var body = isText ? Damaged(random.Next(3) == 0 ? Task : Series, random) : Damaged(Reports[random.Next(Reports.Length)].Replace("ADDRESS", alice.Address, StringComparison.Ordinal), random);
            // Some take the place of what is there, so that queries meet them.
            var status = isText ? await Send(alice, "PUT", $"{calendar}{random.Next(40)}.ics", body, "text/calendar") : await Send(alice, "REPORT", calendar, body, "application/xml");
            ((int)status).ShouldBeLessThan(500, body);
        }

        // What of it was kept is told in every way there is.
        foreach (var report in Reports) ((int)await Send(alice, "REPORT", calendar, report.Replace("ADDRESS", alice.Address, StringComparison.Ordinal), "application/xml")).ShouldBeLessThan(500);
        var answer = await alice.Call("CalendarEvent/get", "{}");
        answer["error"].ShouldBeNull(answer.ToString());
        answer = await alice.Call("CalendarEvent/query", """{"filter": {"after": "2026-01-01T00:00:00", "before": "2027-01-01T00:00:00"}, "expandRecurrences": true}""");
        ((string?)answer["error"]?["type"] ?? "none").ShouldBeOneOf("none", "cannotCalculateOccurrences");
    }

    [Fact]
    public async Task Events_of_JSCalendar_that_were_damaged_are_kept_or_refused()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        var whole = JsonNode.Parse("""
            {"@type": "Event", "calendarIds": {"CALENDAR": true}, "title": "Team", "description": "Words", "start": "2026-03-02T09:00:00", "duration": "PT1H", "timeZone": "Europe/Paris", "showWithoutTime": false, "status": "confirmed",
            "recurrenceRule": {"@type": "RecurrenceRule", "frequency": "monthly", "interval": 2, "count": 10, "byDay": [{"@type": "NDay", "day": "mo", "nthOfPeriod": 1}], "bySetPosition": [1]},
            "recurrenceOverrides": {"2026-03-02T09:00:00": {"title": "First", "participants/b/participationStatus": "declined"}, "2026-05-04T09:00:00": {"excluded": true}},
            "participants": {"b": {"@type": "Participant", "name": "Bob", "calendarAddress": "mailto:bob@example.org", "roles": {"attendee": true}, "participationStatus": "accepted"}},
            "alerts": {"a": {"@type": "Alert", "trigger": {"@type": "OffsetTrigger", "offset": "-PT10M", "relativeTo": "end"}}, "t": {"@type": "Alert", "trigger": {"@type": "AbsoluteTrigger", "when": "2026-03-02T08:00:00Z"}}},
            "locations": {"l": {"@type": "Location", "name": "Room", "coordinates": "geo:48.85,2.35"}}, "virtualLocations": {"v": {"@type": "VirtualLocation", "uri": "https://meet.example.org/x"}},
            "links": {"k": {"@type": "Link", "href": "https://example.org/a.pdf", "rel": "enclosure", "size": 5}}, "keywords": {"work": true}, "categories": {"https://example.org/c": true}, "color": "red", "priority": 5, "privacy": "public",
            "relatedTo": {"other": {"@type": "Relation", "relation": {"next": true}}}, "sequence": 1, "locale": "fr", "example.org:own": {"x": [1, 2]}}
            """.Replace("CALENDAR", $"c{calendar}", StringComparison.Ordinal))!.AsObject();
        var random = new Random(8984);
        for (var i = 0; i < Tries / 3; i++)
        {
            var damaged = (JsonObject)whole.DeepClone();
            for (var n = random.Next(1, 4); n > 0; n--) Damage(damaged, random);
            var answer = await alice.Call("CalendarEvent/set", new JsonObject { ["create"] = new JsonObject { ["x"] = damaged } });
            ((string?)answer["error"]?["type"] ?? "none").ShouldNotBe("serverFail", damaged.ToJsonString());
            if ((string?)answer["created"]?["x"]?["id"] is not { } id) continue;
            var patch = new JsonObject();
            foreach (var (name, value) in damaged.Where(_ => random.Next(4) == 0)) patch[name] = value?.DeepClone();
            patch.Remove("calendarIds");
            answer = await alice.Call("CalendarEvent/set", new JsonObject { ["update"] = new JsonObject { [id] = patch } });
            ((string?)answer["error"]?["type"] ?? "none").ShouldNotBe("serverFail", patch.ToJsonString());
            (await alice.Call("CalendarEvent/get", new JsonObject { ["ids"] = new JsonArray(id) }))["list"]!.AsArray().Count.ShouldBe(1, damaged.ToJsonString());
        }
    }

    static async Task<HttpStatusCode> Send(CalendarPerson person, string method, string address, string body, string type)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Add("Depth", "1");
        using var answer = await person.Http.SendAsync(request, Cancellation);
        await answer.Content.ReadAsByteArrayAsync(Cancellation);
        return answer.StatusCode;
    }

    static string Damaged(string text, Random random)
    {
        var damaged = new StringBuilder(text);
        for (var n = random.Next(1, 5); n > 0 && damaged.Length > 2; n--)
        {
            var at = random.Next(damaged.Length);
            var length = Math.Min(random.Next(1, 12), damaged.Length - at);
            switch (random.Next(5))
            {
                case 0: damaged.Remove(at, length); break;
                case 1: damaged.Insert(at, Words[random.Next(Words.Length)]); break;
                case 2: damaged.Remove(at, length).Insert(at, Words[random.Next(Words.Length)]); break;
                case 3: damaged.Insert(random.Next(damaged.Length), damaged.ToString(at, length)); break;
                default: damaged[at] = (char)random.Next(32, 127); break;
            }
        }

        return damaged.ToString();
    }

    /// <summary>Puts something else in the place of a value anywhere.</summary>
    static void Damage(JsonObject json, Random random)
    {
        if (json.Count == 0) return;
        var (name, value) = json.ElementAt(random.Next(json.Count));
        if (name == "calendarIds") return;
        if (value is JsonObject inner && random.Next(3) > 0)
        {
            Damage(inner, random);
            return;
        }

        JsonNode? other = random.Next(8) switch
        {
            0 => null,
            1 => random.Next(-5, 5),
            2 => Words[random.Next(Words.Length)],
            3 => new JsonObject { [Words[random.Next(Words.Length)]] = true },
            4 => new JsonArray(1, "x"),
            5 => random.Next(2) == 0,
            6 => value is JsonValue text && text.GetValueKind() == JsonValueKind.String ? Damaged((string)text! + "  ", random) : 1.5,
            _ => long.MaxValue,
        };
        if (random.Next(6) == 0)
        {
            json.Remove(name);
            json[Damaged(name + "  ", random)] = value?.DeepClone();
        }
        else
        {
            json[name] = other;
        }
    }
}
