using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar.Tests.Links;

public abstract class LinksContract(DatabaseFixture fixture)
{
    const string Zone = "BEGIN:VTIMEZONE\nTZID:Europe/Paris\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n";

    static readonly Sql Lines = new("SELECT action, actor, domain, detail FROM audit WHERE target = $1 AND action LIKE 'calendar.%' ORDER BY id");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Publishes a calendar; answers the link's id and its path here.</summary>
    static async Task<(string Id, string Path)> Publish(CalendarPerson owner, long calendar, string detail = "full", CalendarPerson? by = null)
    {
        var answer = await (by ?? owner).Call("CalendarLink/set", new JsonObject { ["accountId"] = owner.Account.ToString(), ["create"] = new JsonObject { ["l"] = new JsonObject { ["calendarId"] = $"c{calendar}", ["detail"] = detail } } });
        answer["created"].ShouldNotBeNull(answer.ToJsonString());
        var made = answer["created"]!["l"]!;
        return ((string)made["id"]!, new Uri((string)made["url"]!).AbsolutePath);
    }

    /// <summary>What somebody unknown is answered.</summary>
    static async Task<HttpResponseMessage> Get(CalendarWorkplace workplace, string path, string? etag = null, HttpMethod? method = null)
    {
        using var nobody = new HttpClient { BaseAddress = workplace.Origin };
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        return await nobody.SendAsync(request, Cancellation);
    }

    static async Task<(string Text, List<ICalComponent> Events)> Feed(CalendarWorkplace workplace, string path)
    {
        using var response = await Get(workplace, path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var octets = await response.Content.ReadAsByteArrayAsync(Cancellation);
        var calendar = ICalReader.ReadFile(octets, ICalLimits.Calendar).ShouldHaveSingleItem();
        return (Encoding.UTF8.GetString(octets).Replace("\r\n ", "", StringComparison.Ordinal), [.. calendar.ComponentsOf("VEVENT")]);
    }

    [Fact]
    public async Task A_published_calendar_tells_its_public_events_and_nobody_who_is_invited_to_them()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        var secret = "ORGANIZER:mailto:boss@example.com\nATTENDEE:mailto:guest@example.com\nX-SECRET:hidden\nCONFERENCE;VALUE=URI:https://meet.example.com/room\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT5M\nDESCRIPTION:x\nEND:VALARM";
        await workplace.Keep(alice, calendar, "a.ics", Texts.Object(Zone + Texts.Component("a", $"DTSTART;TZID=Europe/Paris:20260303T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:Fête\nLOCATION:Place\n{secret}")
            + "\n" + Texts.Component("a", "RECURRENCE-ID;TZID=Europe/Paris:20260310T100000\nDTSTART;TZID=Europe/Paris:20260310T120000\nDURATION:PT1H\nSUMMARY:Not yours\nCLASS:PRIVATE")));
        await workplace.Keep(alice, calendar, "b.ics", Texts.Object(Zone + Texts.Component("b", "DTSTART;TZID=Europe/Paris:20260304T100000\nSUMMARY:b")));
        await workplace.Keep(alice, calendar, "p.ics", Texts.Hour("p", 5, more: "CLASS:PRIVATE"));
        await workplace.Keep(alice, calendar, "s.ics", Texts.Hour("s", 5, more: "CLASS:CONFIDENTIAL"));
        await workplace.Keep(alice, calendar, "old.ics", Texts.Event("old", "DTSTART:20240101T100000Z\nDURATION:PT1H\nSUMMARY:old"));
        var (_, path) = await Publish(alice, calendar);
        path.Length.ShouldBe("/s/.ics".Length + 27);
        var (text, events) = await Feed(workplace, path);
        events.ConvertAll(one => one.Text("UID")).ShouldBe(["a", "a", "b"]);
        events[0].Text("SUMMARY").ShouldBe("Fête");
        events[0].Text("LOCATION").ShouldBe("Place");
        (events[1].Text("SUMMARY"), events[1].Property("DTSTART")!.Value).ShouldBe(("Busy", "20260310T120000"));
        foreach (var hidden in (string[])["boss@", "guest@", "hidden", "meet.example.com", "VALARM", "Not yours", "PRIVATE"]) text.ShouldNotContain(hidden);
        text.Split("BEGIN:VTIMEZONE").Length.ShouldBe(2);
        text.ShouldContain("X-WR-CALNAME:Calendar");
    }

    [Fact]
    public async Task A_link_to_free_and_busy_tells_times_alone()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a-topic", 3, more: "LOCATION:Place\nDESCRIPTION:Why\nRRULE:FREQ=DAILY"));
        await workplace.Keep(alice, calendar, "p.ics", Texts.Hour("p-topic", 5, more: "CLASS:PRIVATE"));
        await workplace.Keep(alice, calendar, "s.ics", Texts.Hour("s-topic", 6, more: "CLASS:CONFIDENTIAL"));
        await workplace.Keep(alice, calendar, "f.ics", Texts.Hour("f-topic", 7, more: "TRANSP:TRANSPARENT"));
        await workplace.Keep(alice, calendar, "t.ics", Texts.Object("BEGIN:VTODO\nUID:t-topic\nDTSTAMP:20260301T000000Z\nDUE:20260303T100000Z\nSUMMARY:t\nEND:VTODO"));
        var (text, events) = await Feed(workplace, (await Publish(alice, calendar, "freeBusy")).Path);
        events.ConvertAll(one => $"{one.Text("SUMMARY")} {one.Property("DTSTART")!.Value} {one.Property("RRULE")?.Value}").ShouldBe(["Busy 20260303T100000Z FREQ=DAILY", "Busy 20260305T100000Z "]);
        foreach (var hidden in (string[])["topic", "Place", "Why", "VTODO"]) text.ShouldNotContain(hidden);
    }

    [Fact]
    public async Task It_is_told_again_only_when_something_changed_and_not_at_all_once_it_is_revoked()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        var (id, path) = await Publish(alice, calendar);
        using var first = await Get(workplace, path);
        first.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
        first.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        first.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        var etag = first.Headers.ETag!.ToString();
        (await Get(workplace, path, etag)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var head = await Get(workplace, path, method: HttpMethod.Head);
        (head.StatusCode, (await head.Content.ReadAsByteArrayAsync(Cancellation)).Length).ShouldBe((HttpStatusCode.OK, 0));
        await workplace.Keep(alice, calendar, "a.ics", Texts.Hour("a", 3));
        (await Get(workplace, path, etag)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await alice.Call("CalendarLink/set", $$"""{"destroy":["{{id}}"]}"""))["destroyed"]!.AsArray().Count.ShouldBe(1);
        (await Get(workplace, path, etag)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await alice.Call("CalendarLink/get", """{"ids":null}"""))["list"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_may_share_a_calendar_publishes_it_and_knows_its_links_and_nobody_else_does()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob, chloe) = (await workplace.Add(), await workplace.Add("bob"), await workplace.Add("chloe"));
        var calendar = await workplace.First(alice);
        await workplace.Give(alice, bob, Rights.Reader | Rights.Manage, calendar);
        await workplace.Give(alice, chloe, Rights.Reader | Rights.Write, calendar);
        var (id, path) = await Publish(alice, calendar, by: bob);
        (await Get(workplace, path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        async Task<List<string?>> Links(CalendarPerson person) => [.. (await person.Call("CalendarLink/get", $$"""{"accountId":"{{alice.Account}}","ids":null}"""))["list"]!.AsArray().Select(link => (string?)link!["id"])];
        (await Links(alice)).ShouldBe([id]);
        (await Links(bob)).ShouldBe([id]);
        (await Links(chloe)).ShouldBeEmpty();
        var refused = await chloe.Call("CalendarLink/set", "{\"accountId\":\"" + alice.Account + "\",\"create\":{\"l\":{\"calendarId\":\"c" + calendar + "\"}},\"destroy\":[\"" + id + "\"]}");
        ((string?)refused["notCreated"]!["l"]!["type"]).ShouldBe("forbidden");
        ((string?)refused["notDestroyed"]![id]!["type"]).ShouldBe("notFound");
        var wrong = await alice.Call("CalendarLink/set", "{\"create\":{\"a\":{\"calendarId\":\"c999999\"},\"b\":{\"calendarId\":\"c" + calendar + "\",\"detail\":\"some\"},\"c\":{\"calendarId\":\"c" + calendar + "\",\"url\":\"x\"}},\"update\":{\"" + id + "\":{\"detail\":\"freeBusy\"}}}");
        wrong["notCreated"]!.AsObject().Select(entry => $"{entry.Key} {entry.Value!["properties"]![0]}").ShouldBe(["b detail", "c url", "a calendarId"], ignoreOrder: true);
        ((string?)wrong["notUpdated"]![id]!["type"]).ShouldBe("forbidden");
        // With the calendar go its links.
        (await alice.Call("Calendar/set", $$"""{"destroy":["c{{calendar}}"],"onDestroyRemoveEvents":true}"""))["destroyed"]!.AsArray().Count.ShouldBe(1);
        (await Get(workplace, path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_guesses_is_asked_to_wait()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (_, path) = await Publish(alice, await workplace.First(alice));
        for (var i = 0; i < 20; i++) (await Get(workplace, $"/s/{(i % 2 == 0 ? "short" : new string('A', 27))}.ics")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var waits = await Get(workplace, path);
        waits.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        waits.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBe(30);
        workplace.Time.Advance(TimeSpan.FromSeconds(31));
        using var read = await Get(workplace, path);
        read.StatusCode.ShouldBe(HttpStatusCode.OK);

        // So is who reads the same over and over; who knows the tag is told that nothing changed.
        for (var i = 0; i < 59; i++) (await Get(workplace, path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Get(workplace, path)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await Get(workplace, path, read.Headers.ETag!.ToString())).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task People_read_the_coming_weeks_on_a_page_of_their_language_without_an_account()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        var today = workplace.Time.GetUtcNow();
        string At(int days, string time) => today.AddDays(days).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture) + "T" + time + "Z";
        await workplace.Keep(alice, calendar, "a.ics", Texts.Event("a", $"DTSTART:{At(2, "100000")}\nDURATION:PT1H\nSUMMARY:Fête <b>\nLOCATION:Place\nDESCRIPTION:Why\nRRULE:FREQ=WEEKLY;COUNT=9"));
        await workplace.Keep(alice, calendar, "d.ics", Texts.Event("d", $"DTSTART;VALUE=DATE:{At(3, "")[..8]}\nDTEND;VALUE=DATE:{At(5, "")[..8]}\nSUMMARY:Fair\nATTENDEE:mailto:guest@example.org"));
        await workplace.Keep(alice, calendar, "p.ics", Texts.Event("p", $"DTSTART:{At(4, "100000")}\nDURATION:PT1H\nSUMMARY:p-topic\nCLASS:PRIVATE"));
        await workplace.Keep(alice, calendar, "x.ics", Texts.Event("x", $"DTSTART:{At(40, "100000")}\nDURATION:PT1H\nSUMMARY:Far"));
        var path = (await Publish(alice, calendar)).Path.Replace(".ics", "", StringComparison.Ordinal);
        async Task<string> Page(string more = "", string language = "en")
        {
            using var nobody = new HttpClient { BaseAddress = workplace.Origin };
            nobody.DefaultRequestHeaders.Add("Accept-Language", language);
            return await nobody.GetStringAsync(path + more, Cancellation);
        }

        var page = await Page();
        page.Split("<h3>Fête &lt;b&gt;</h3>").Length.ShouldBe(5);
        foreach (var told in (string[])["<html lang=\"en\">", "10:00 – 11:00", "Place", "Why", "<h3>Fair</h3>", "All day", "until ", "webcal://", ".ics"]) page.ShouldContain(told);
        foreach (var hidden in (string[])["p-topic", "guest@", "<b>", "Far<"]) page.ShouldNotContain(hidden);
        (await Page("?from=" + today.AddDays(28).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))).ShouldContain("<h3>Far</h3>");
        (await Page(language: "fr-CA")).ShouldContain("Toute la journ");
        (await Page("?lang=fr")).ShouldContain("<html lang=\"fr\">");

        // A calendar that says no zone stands on the clocks that its events are of.
        await workplace.Keep(alice, calendar, "z.ics", Texts.Object(Zone + Texts.Component("z", $"DTSTART;TZID=Europe/Paris:{At(6, "180000")[..15]}\nDURATION:PT1H\nSUMMARY:Evening")));
        page = await Page();
        foreach (var told in (string[])["18:00 – 19:00", "Times are those of Europe/Paris."]) page.ShouldContain(told);
        using var answer = await Get(workplace, path);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; style-src 'sha256-");
        (await Get(workplace, path, answer.Headers.ETag!.ToString())).StatusCode.ShouldBe(HttpStatusCode.NotModified);

        path = (await Publish(alice, calendar, "freeBusy")).Path.Replace(".ics", "", StringComparison.Ordinal);
        page = await Page(language: "fr");
        page.Split("<h3>Occupé</h3>").Length.ShouldBe(8);
        foreach (var hidden in (string[])["topic", "Place", "Why", "Fair"]) page.ShouldNotContain(hidden);
        using var gone = await Get(workplace, "/s/" + new string('A', 27));
        (gone.StatusCode, (await gone.Content.ReadAsStringAsync(Cancellation)).Contains("Nothing is published here", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.NotFound, true));
    }

    [Fact]
    public async Task That_a_calendar_is_published_and_is_no_more_stands_in_the_audit_log_without_its_address()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        var (id, path) = await Publish(alice, calendar, "freeBusy");
        var (other, _) = await Publish(alice, calendar);
        await alice.Call("CalendarLink/set", $$"""{"destroy":["{{id}}"]}""");
        await alice.Call("Calendar/set", $$"""{"destroy":["c{{calendar}}"],"onDestroyRemoveEvents":true}""");
        var lines = await workplace.Fixture.Database.Read(scope => scope.List(Lines, row => $"{row.Text(0)} {row.Text(1)} {row.TextOrNull(2)} {row.TextOrNull(3)}", alice.Address), Cancellation);
        var domain = alice.Address[(alice.Address.IndexOf('@', StringComparison.Ordinal) + 1)..];
        lines.ShouldBe(
        [
            $"calendar.publish {alice.Address} {domain} c{calendar} {id} freeBusy", $"calendar.publish {alice.Address} {domain} c{calendar} {other} full",
            $"calendar.unpublish {alice.Address} {domain} c{calendar} {id} freeBusy", $"calendar.unpublish {alice.Address} {domain} c{calendar} {other} full",
        ]);
        string.Join('\n', lines).ShouldNotContain(path[3..^4]);
    }
}
