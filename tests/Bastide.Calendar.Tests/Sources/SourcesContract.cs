using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Bastide.Calendar.Import;
using Bastide.Calendar.Sources;
using Bastide.Platform.Accounts;
using Bastide.Platform.Jobs;
using Bastide.Platform.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Calendar.Tests.Sources;

public abstract class SourcesContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static byte[] Feed(params string[] events) => Texts.Object("REFRESH-INTERVAL;VALUE=DURATION:PT1H\n" + string.Join('\n', events));

    static string Event(string uid, int day, string more = "") => Texts.Component(uid, $"DTSTART:202603{day:00}T100000Z\nDURATION:PT1H\nSUMMARY:{uid}\n{more}");

    static async Task<long> Subscribe(CalendarPerson person, string address)
    {
        var answer = await person.Call("Calendar/set", new JsonObject { ["create"] = new JsonObject { ["s"] = new JsonObject { ["name"] = "Elsewhere", ["source"] = address } } });
        answer["created"].ShouldNotBeNull(answer.ToJsonString());
        return long.Parse(((string)answer["created"]!["s"]!["id"]!)[1..], CultureInfo.InvariantCulture);
    }

    /// <summary>Runs the job of a calendar when its time has come, with a network that reaches loopback.</summary>
    async Task Refresh(CalendarWorkplace workplace, long calendar)
    {
        var refresh = ActivatorUtilities.CreateInstance<SourceRefresh>(workplace.Services, new SourceFetch(new OutgoingHttp(fixture.Settings with { TestPrivateAddresses = true }), workplace.Time));
        var job = (await JobOf(calendar)).ShouldNotBeNull();
        if (job.RunAt > workplace.Time.GetUtcNow()) workplace.Time.Advance(job.RunAt - workplace.Time.GetUtcNow());
        await refresh.Run(job, Cancellation);
    }

    async Task<Job?> JobOf(long calendar) => await fixture.Database.Read(scope => JobQueue.Find(scope, "calendar-source", calendar.ToString(CultureInfo.InvariantCulture)), Cancellation);

    static async Task<JsonNode> Told(CalendarPerson person, long calendar) => (await person.Call("Calendar/get", $$"""{"ids":["c{{calendar}}"]}"""))["list"]![0]!;

    static async Task<Dictionary<string, StoredObject>> Held(CalendarWorkplace workplace, CalendarPerson person, long calendar) =>
        (await workplace.Objects.Members(person.Caller, person.Account, calendar, 0, 1000, withText: true, Cancellation)).ToDictionary(stored => stored.Uid[(stored.Uid.IndexOf('-', StringComparison.Ordinal) + 1)..]);

    [Fact]
    public async Task A_calendar_holds_what_its_source_holds_and_what_is_the_same_stays_untouched()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        await using var publisher = await Publisher.Open();
        var alice = await workplace.Add();
        // One's own event of the same UID is another.
        await workplace.Keep(alice, await workplace.First(alice), "mine.ics", Texts.Hour("a", 9));
        publisher.Publish(Feed(Event("a", 3, "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT5M\nDESCRIPTION:x\nEND:VALARM"), Event("b", 4), Event("c", 5), "BEGIN:VEVENT\nUID:broken\nEND:VEVENT"));
        var calendar = await Subscribe(alice, publisher.Address);
        await Refresh(workplace, calendar);
        var before = await Held(workplace, alice, calendar);
        before.Keys.Order().ShouldBe(["a", "b", "c"]);
        Texts.Of(before["a"]).ShouldNotContain("VALARM");
        var told = await Told(alice, calendar);
        ((string?)told["source"]).ShouldBe(publisher.Address);
        ((string?)told["sourceRefreshedAt"]).ShouldBe("2026-03-02T09:00:00Z");
        told["sourceError"].ShouldBeNull();
        ((string?)told["includeInAvailability"]).ShouldBe("none");
        (await JobOf(calendar))!.RunAt.ShouldBe(workplace.Time.GetUtcNow() + TimeSpan.FromHours(1));

        // The source says of everything that it was made just now, moves one, drops one and has a new one.
        var later = Encoding.UTF8.GetString(Feed(Event("a", 3), Event("b", 14), Event("d", 6))).Replace("DTSTAMP:20260301", "DTSTAMP:20260302", StringComparison.Ordinal);
        publisher.Publish(Encoding.UTF8.GetBytes(later));
        await Refresh(workplace, calendar);
        var after = await Held(workplace, alice, calendar);
        after.Keys.Order().ShouldBe(["a", "b", "d"]);
        after["a"].ShouldBe(before["a"] with { Text = after["a"].Text });
        after["b"].Id.ShouldBe(before["b"].Id);
        Texts.Of(after["b"]).ShouldContain("20260314T100000Z");
        var state = (await workplace.Changed(alice, calendar, default))!.New;
        await Refresh(workplace, calendar);
        (await workplace.Changed(alice, calendar, default))!.New.ShouldBe(state);
    }

    [Fact]
    public async Task What_comes_from_elsewhere_is_nobodys_to_change_and_goes_with_its_calendar()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        await using var publisher = await Publisher.Open();
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        publisher.Publish(Feed(Event("a", 3)));
        var calendar = await Subscribe(alice, publisher.Address);
        await workplace.Give(alice, bob, Rights.Reader | Rights.Write, calendar);
        await Refresh(workplace, calendar);
        var held = (await Held(workplace, alice, calendar))["a"];
        foreach (var person in (CalendarPerson[])[alice, bob])
        {
            (await workplace.Put(alice, calendar, held.Resource, held.Text!.Value.ToArray(), by: person)).Refused!.Failure.ShouldBe(CalendarFailure.Forbidden);
            (await workplace.Put(alice, calendar, "new.ics", Texts.Hour("new", 3), by: person)).Refused!.Failure.ShouldBe(CalendarFailure.Forbidden);
            (await workplace.Objects.Remove(person.Caller, alice.Account, calendar, held.Resource, null, Cancellation))!.Failure.ShouldBe(CalendarFailure.Forbidden);
        }

        // CalDAV says the same, and where it comes from.
        var name = (await workplace.Calendars.Get(alice.Caller, alice.Account, [calendar], Cancellation)).Found.Single().Resource;
        var path = $"dav/calendars/{alice.Address}/{name}/";
        using var put = await alice.Http.PutAsync(path + held.Resource, new ByteArrayContent(held.Text!.Value.ToArray()), Cancellation);
        ((int)put.StatusCode).ShouldBe(403);
        using var propfind = new HttpRequestMessage(new HttpMethod("PROPFIND"), path) { Content = new StringContent("<propfind xmlns='DAV:'><prop><source xmlns='http://calendarserver.org/ns/'/><current-user-privilege-set/><resourcetype/></prop></propfind>") };
        propfind.Headers.Add("Depth", "0");
        using var answer = await alice.Http.SendAsync(propfind, Cancellation);
        var properties = await answer.Content.ReadAsStringAsync(Cancellation);
        properties.ShouldContain(publisher.Address);
        properties.ShouldContain("<D:read/>");
        foreach (var privilege in (string[])["write", "write-content", "bind", "unbind"]) properties.ShouldNotContain($"<D:{privilege}/>");

        var first = await workplace.First(alice);
        (await workplace.Objects.Move(alice.Caller, alice.Account, calendar, held.Resource, first, "moved.ics", false, Cancellation))!.Failure.ShouldBe(CalendarFailure.Forbidden);
        await workplace.Keep(alice, first, "mine.ics", Texts.Hour("mine", 3));
        (await workplace.Objects.Move(alice.Caller, alice.Account, first, "mine.ics", calendar, "moved.ics", false, Cancellation))!.Failure.ShouldBe(CalendarFailure.Forbidden);
        var id = (string)(await alice.Call("CalendarEvent/query", $$$"""{"filter":{"inCalendar":"c{{{calendar}}}"}}"""))["ids"]![0]!;
        var set = await alice.Call("CalendarEvent/set", "{\"create\":{\"n\":{\"title\":\"x\",\"start\":\"2026-03-03T10:00:00\",\"calendarIds\":{\"c" + calendar + "\":true}}},\"update\":{\"" + id + "\":{\"title\":\"Mine\"}}}");
        ((string?)set["notCreated"]!["n"]!["type"]).ShouldBe("forbidden");
        ((string?)set["notUpdated"]![id]!["type"]).ShouldBe("forbidden");
        ((string?)(await alice.Call("CalendarEvent/set", $$"""{"destroy":["{{id}}"]}"""))["notDestroyed"]![id]!["type"]).ShouldBe("forbidden");
        var rights = (await Told(alice, calendar))["myRights"]!;
        ((bool)rights["mayWriteAll"]!, (bool)rights["mayReadItems"]!, (bool)rights["mayShare"]!, (bool)rights["mayDelete"]!).ShouldBe((false, true, true, true));
        // Who reads along is not told the address, which may be a secret.
        (await bob.Call("Calendar/get", $$"""{"accountId":"{{alice.Account}}","ids":["c{{calendar}}"],"properties":["source","name"]}"""))["list"]![0]!["source"].ShouldBeNull();
        // It is no default, and files do not come into it.
        (await alice.Call("Calendar/set", $$"""{"onSuccessSetIsDefault":"c{{calendar}}"}""")).ContainsKey("error").ShouldBeFalse();
        ((bool)(await Told(alice, calendar))["isDefault"]!).ShouldBeFalse();
        (await alice.Call("Calendar/set", $$"""{"destroy":["c{{calendar}}"],"onDestroyRemoveEvents":true}"""))["destroyed"]!.AsArray().Count.ShouldBe(1);
        publisher.Publish(Feed(Event("z", 3)));
        await Refresh(workplace, calendar);
        (await JobOf(calendar)).ShouldNotBeNull();
        (await fixture.Database.Read(scope => Bastide.Calendar.Store.ObjectTable.Members(scope, calendar, 0, 10), Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_that_fails_is_told_of_asked_ever_more_seldom_and_takes_nothing_away()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        await using var publisher = await Publisher.Open();
        var alice = await workplace.Add();
        publisher.Publish(Feed(Event("a", 3)));
        var calendar = await Subscribe(alice, publisher.Address);
        await Refresh(workplace, calendar);
        var pauses = new List<double>();
        async Task Fails(Func<HttpContext, Task> answer, string type)
        {
            publisher.Answer = answer;
            await Refresh(workplace, calendar);
            ((string?)(await Told(alice, calendar))["sourceError"]!["type"]).ShouldBe(type);
            pauses.Add(((await JobOf(calendar))!.RunAt - workplace.Time.GetUtcNow()).TotalMinutes);
            (await Held(workplace, alice, calendar)).Keys.ShouldBe(["a"]);
        }

        await Fails(context => { context.Response.StatusCode = 404; return Task.CompletedTask; }, "httpStatus");
        await Fails(context => context.Response.WriteAsync("<html>Sign in</html>"), "notCalendar");
        await Fails(context => context.Response.Body.WriteAsync(new byte[SourceFetch.MostOctets + 1]).AsTask(), "tooLarge");
        await Fails(context => { context.Response.Redirect("/again"); return Task.CompletedTask; }, "httpStatus");
        await Fails(context => { context.Response.Redirect("file:///etc/passwd"); return Task.CompletedTask; }, "httpStatus");
        await Fails(context => { context.Abort(); return Task.CompletedTask; }, "unreachable");
        await Fails(context => { context.Response.StatusCode = 503; context.Response.Headers.RetryAfter = "72000"; return Task.CompletedTask; }, "httpStatus");
        pauses.ShouldBe([15, 30, 60, 120, 240, 480, 1200]);
        ((string?)(await Told(alice, calendar))["sourceRefreshedAt"]).ShouldBe("2026-03-02T09:00:00Z");

        publisher.Answer = async context =>
        {
            if (context.Request.Path == "/feed.ics") context.Response.Redirect("/moved", permanent: true);
            else await context.Response.Body.WriteAsync(Feed(Event("b", 3)));
        };
        await Refresh(workplace, calendar);
        (await Told(alice, calendar))["sourceError"].ShouldBeNull();
        (await Held(workplace, alice, calendar)).Keys.ShouldBe(["b"]);
    }

    [Fact]
    public async Task A_source_that_tells_tags_is_asked_with_them_and_read_when_one_wishes_but_not_without_end()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        await using var publisher = await Publisher.Open();
        var alice = await workplace.Add();
        publisher.Publish(Feed(Event("a", 3)), "\"one\"");
        var calendar = await Subscribe(alice, publisher.Address);
        await Refresh(workplace, calendar);
        publisher.Publish(Feed(Event("b", 3)), "\"one\"");
        await Refresh(workplace, calendar);
        (await Held(workplace, alice, calendar)).Keys.ShouldBe(["a"]);
        publisher.Publish(Feed(Event("b", 3)), "\"two\"");
        (await alice.Call("Calendar/set", "{\"update\":{\"c" + calendar + "\":{\"sourceRefreshedAt\":null}}}"))["updated"]!.AsObject().Count.ShouldBe(1);
        (await JobOf(calendar))!.RunAt.ShouldBe(workplace.Time.GetUtcNow() + TimeSpan.FromMinutes(1));
        await Refresh(workplace, calendar);
        (await Held(workplace, alice, calendar)).Keys.ShouldBe(["b"]);
        publisher.Asked.ShouldBe(3);
        var refused = await alice.Call("Calendar/set", "{\"update\":{\"c" + calendar + "\":{\"source\":\"https://example.com/\"},\"c" + await workplace.First(alice) + "\":{\"sourceRefreshedAt\":\"2026-01-01T00:00:00Z\"}}}");
        refused["notUpdated"]!.AsObject().Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_address_that_is_not_on_the_public_internet_is_never_reached()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        await using var publisher = await Publisher.Open();
        var alice = await workplace.Add();
        publisher.Publish(Feed(Event("a", 3)));
        var calendar = await Subscribe(alice, publisher.Address);
        var job = (await JobOf(calendar))!;
        await workplace.Services.GetServices<IJobHandler>().Single(handler => handler.Kind == "calendar-source").Run(job, Cancellation);
        ((string?)(await Told(alice, calendar))["sourceError"]!["type"]).ShouldBe("forbiddenAddress");
        publisher.Asked.ShouldBe(0);
    }

    [Theory]
    [InlineData("ftp://example.com/a.ics")]
    [InlineData("https://me:secret@example.com/a.ics")]
    [InlineData("file:///etc/passwd")]
    [InlineData("bastide:holidays/xx")]
    [InlineData("bastide:holidays/fr?language=de")]
    [InlineData("nonsense")]
    public async Task What_is_no_address_is_refused(string address)
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var answer = await alice.Call("Calendar/set", new JsonObject { ["create"] = new JsonObject { ["s"] = new JsonObject { ["name"] = "Elsewhere", ["source"] = address } } });
        answer["notCreated"]!["s"]!["properties"]!.AsArray().Select(property => (string?)property).ShouldBe(["source"]);
    }

    [Fact]
    public async Task Holidays_need_no_network()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var list = (await alice.Call("CalendarSource/get", """{"ids":null}"""))["list"]!.AsArray();
        list.Select(source => (string?)source!["id"]).ShouldContain("bastide:holidays/fr-alsace-moselle");
        var calendar = await Subscribe(alice, "bastide:holidays/fr-alsace-moselle?language=fr");
        var english = await Subscribe(alice, "bastide:holidays/fr-alsace-moselle");
        await Refresh(workplace, calendar);
        await Refresh(workplace, english);
        var query = await alice.Request([
            new JsonArray("CalendarEvent/query", JsonNode.Parse($$"""{"filter":{"inCalendar":"c{{calendar}}","after":"2026-01-01T00:00:00","before":"2026-12-31T23:00:00"},"sort":[{"property":"start"}],"expandRecurrences":true}""")!, "0"),
            new JsonArray("CalendarEvent/get", JsonNode.Parse("""{"#ids":{"resultOf":"0","name":"CalendarEvent/query","path":"/ids"},"properties":["title","start","showWithoutTime","freeBusyStatus"]}""")!, "1"),
        ]);
        var told = query[1]![1]!["list"]!.AsArray().Select(one => $"{((string)one!["start"]!)[..10]} {one["title"]}").Order(StringComparer.Ordinal).ToList();
        told.ShouldBe([
            "2026-01-01 Jour de l'an", "2026-04-03 Vendredi saint", "2026-04-06 Lundi de Pâques", "2026-05-01 Fête du Travail", "2026-05-08 Victoire de 1945", "2026-05-14 Ascension", "2026-05-25 Lundi de Pentecôte",
            "2026-07-14 Fête nationale", "2026-08-15 Assomption", "2026-11-01 Toussaint", "2026-11-11 Armistice de 1918", "2026-12-25 Noël", "2026-12-26 Saint-Étienne",
        ]);
        (await Held(workplace, alice, english)).Values.Select(Texts.Of).ShouldContain(text => text.Contains("SUMMARY:Bastille Day", StringComparison.Ordinal));
        ((await JobOf(calendar))!.RunAt - workplace.Time.GetUtcNow()).ShouldBe(TimeSpan.FromDays(30));

        // Files do not come into what is not one's own, even if it has the name they give.
        var import = workplace.Get<CalendarImport>();
        var directory = Directory.CreateTempSubdirectory();
        await File.WriteAllBytesAsync(Path.Combine(directory.FullName, "a.ics"), Texts.Object("X-WR-CALNAME:Elsewhere\n" + Event("import", 3)), Cancellation);
        await foreach (var progress in import.Run(alice.Account, directory.FullName, Cancellation)) progress.Refused.ShouldBe(0);
        directory.Delete(recursive: true);
        (await Held(workplace, alice, calendar)).Keys.ShouldNotContain(uid => uid.StartsWith("import", StringComparison.Ordinal));
    }
}
