using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Mail;
using Bastide.Calendar.Tests.Scheduling;
using Bastide.Platform.Accounts;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;

namespace Bastide.Calendar.Tests.Booking;

public abstract class BookingContract(DatabaseFixture fixture)
{
    static readonly string[] Week = ["mo", "tu", "we", "th", "fr"];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static JsonObject Page(Action<JsonObject>? change = null)
    {
        var page = new JsonObject
        {
            ["title"] = "Talk",
            ["timeZone"] = "Europe/Paris",
            ["duration"] = 60,
            ["increment"] = 60,
            ["notice"] = 0,
            ["hours"] = new JsonArray([.. Week.Select(day => new JsonObject { ["day"] = day, ["from"] = "09:00", ["to"] = "12:00" })]),
        };
        change?.Invoke(page);
        return page;
    }

    static Task<JsonObject> Set(CalendarPerson owner, JsonObject arguments, CalendarPerson? by = null)
    {
        arguments["accountId"] = owner.Account.ToString();
        return (by ?? owner).Call("BookingPage/set", arguments);
    }

    /// <summary>Makes a page; answers its id and token.</summary>
    static async Task<(string Id, string Token)> Open(CalendarPerson owner, Action<JsonObject>? change = null)
    {
        var answer = await Set(owner, new JsonObject { ["create"] = new JsonObject { ["b"] = Page(change) } });
        answer["created"].ShouldNotBeNull(answer.ToJsonString());
        var made = answer["created"]!["b"]!;
        return ((string)made["id"]!, new Uri((string)made["url"]!).AbsolutePath["/book/".Length..]);
    }

    static async Task<(HttpStatusCode Status, JsonObject Json, HttpResponseMessage Response)> Ask(CalendarWorkplace workplace, string path, JsonObject? body = null)
    {
        using var nobody = new HttpClient { BaseAddress = workplace.Origin };
        var response = body is null ? await nobody.GetAsync(path, Cancellation) : await nobody.PostAsJsonAsync(path, body, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        return (response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : [], response);
    }

    static async Task<List<string>> Slots(CalendarWorkplace workplace, string token, int day = 3, string path = "pages")
    {
        var (status, json, _) = await Ask(workplace, $"book/api/{path}/{token}/slots?from=2026-03-{day:00}T00:00:00Z&to=2026-03-{day + 1:00}T00:00:00Z");
        status.ShouldBe(HttpStatusCode.OK, json.ToJsonString());
        return [.. json["slots"]!.AsArray().Select(slot => ((string)slot!)["2026-03-".Length..^4])];
    }

    static JsonObject Wish(string start = "2026-03-03T09:00:00Z", string address = "guest@elsewhere.example", string name = "Gaston Guest") =>
        new() { ["start"] = start, ["name"] = name, ["address"] = address, ["timeZone"] = "America/New_York", ["language"] = "fr", ["answers"] = new JsonArray() };

    static async Task<string> Book(CalendarWorkplace workplace, string token, JsonObject? wish = null)
    {
        var (status, json, _) = await Ask(workplace, $"book/api/pages/{token}/bookings", wish ?? Wish());
        status.ShouldBe(HttpStatusCode.Created, json.ToJsonString());
        await workplace.Settle();
        return (string)json["secret"]!;
    }

    /// <summary>The mails to an address, the last that was sent at the end.</summary>
    static List<ProgramMessage> MailsTo(CalendarWorkplace workplace, string address) => [.. workplace.Post.Sent.Where(message => message.To.Any(to => to.Address == address))];

    [Fact]
    public async Task A_page_offers_what_is_left_of_its_hours_by_the_calendars_it_names()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        var bob = await workplace.Add("bob");
        var shared = await workplace.First(bob);
        await workplace.Give(bob, alice, Rights.Reader, shared);
        await workplace.Keep(alice, calendar, "weekly.ics", Texts.Event("weekly", "DTSTART;TZID=Europe/Paris:20260224T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nSUMMARY:w"));
        await workplace.Keep(alice, calendar, "free.ics", Texts.Event("free", "DTSTART:20260303T080000Z\nDURATION:PT3H\nTRANSP:TRANSPARENT\nSUMMARY:f"));
        await workplace.Keep(alice, calendar, "cancelled.ics", Texts.Event("cancelled", "DTSTART:20260303T080000Z\nDURATION:PT3H\nSTATUS:CANCELLED\nSUMMARY:c"));
        await workplace.Keep(alice, calendar, "day.ics", Texts.Event("day", "DTSTART;VALUE=DATE:20260304\nSUMMARY:d"));
        await workplace.Keep(alice, calendar, "maybe.ics", Texts.Event("maybe", "DTSTART:20260305T090000Z\nDURATION:PT1H\nSTATUS:TENTATIVE\nSUMMARY:m"));
        await workplace.Keep(bob, shared, "bobs.ics", Texts.Event("bobs", "DTSTART:20260303T100000Z\nDURATION:PT1H\nCLASS:CONFIDENTIAL\nSUMMARY:b"));
        var (id, token) = await Open(alice);
        token.Length.ShouldBe(27);
        (await Slots(workplace, token)).ShouldBe(["03T08:00", "03T10:00"]);
        (await Slots(workplace, token, 4)).ShouldBe([]);
        (await Slots(workplace, token, 5)).ShouldBe(["05T08:00", "05T10:00"]);
        // The series goes on beyond what is indexed, and the hours with it.
        (await Slots(workplace, token, 10)).ShouldBe(["10T08:00", "10T10:00"]);
        (await Set(alice, new JsonObject { ["update"] = new JsonObject { [id] = new JsonObject { ["busyCalendars"] = new JsonArray(new JsonObject { ["accountId"] = bob.Account.ToString(), ["calendarId"] = $"c{shared}" }) } } }))["updated"]!.AsObject().ContainsKey(id).ShouldBeTrue();
        (await Slots(workplace, token)).ShouldBe(["03T08:00"]);
        // What is no longer shared does not count any more, and says nothing.
        await workplace.Give(bob, alice, Rights.None, shared);
        (await Slots(workplace, token)).ShouldBe(["03T08:00", "03T10:00"]);
        (await Set(alice, new JsonObject { ["update"] = new JsonObject { [id] = new JsonObject { ["title"] = "Another" } } }))["updated"]!.AsObject().ContainsKey(id).ShouldBeTrue();
        ((string)(await Ask(workplace, $"book/api/pages/{token}")).Json["title"]!).ShouldBe("Another");
    }

    [Fact]
    public async Task Availability_that_is_kept_bounds_the_hours_where_the_page_says_so()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        await workplace.Keep(alice, await workplace.First(alice), "hours.ics", Texts.Object("BEGIN:VAVAILABILITY\nUID:hours\nDTSTAMP:20260301T000000Z\nDTSTART:20260301T000000Z\nBEGIN:AVAILABLE\nUID:h1\nDTSTAMP:20260301T000000Z\nDTSTART:20260303T090000Z\nDTEND:20260303T100000Z\nRRULE:FREQ=DAILY\nEND:AVAILABLE\nEND:VAVAILABILITY"));
        var (_, bounded) = await Open(alice, page => page["usesAvailability"] = true);
        (await Slots(workplace, bounded)).ShouldBe(["03T09:00"]);
        (await Slots(workplace, (await Open(alice)).Token)).ShouldBe(["03T08:00", "03T09:00", "03T10:00"]);
    }

    [Fact]
    public async Task Who_books_and_who_is_booked_both_get_the_event_and_a_mail()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await Guest.Of(workplace, "alice");
        var (_, token) = await Open(alice.Person, page =>
        {
            page["location"] = "Room 1";
            page["questions"] = new JsonArray(new JsonObject { ["label"] = "About?", ["isRequired"] = true });
        });
        var wish = Wish();
        wish["answers"] = new JsonArray("The <b>plan</b>");
        var secret = await Book(workplace, token, wish);
        (await Slots(workplace, token)).ShouldBe(["03T08:00", "03T10:00"]);
        var toGuest = MailsTo(workplace, "guest@elsewhere.example").ShouldHaveSingleItem();
        toGuest.From.Address.ShouldBe(alice.Person.Address);
        toGuest.Subject.ShouldBe("Rendez-vous confirmé : Talk");
        toGuest.Html.ShouldBeNull();
        toGuest.Text.ShouldContain("mardi 3 mars 2026, 04:00–05:00 (America/New_York)");
        toGuest.Text.ShouldContain($"/book/manage/{secret}");
        toGuest.Text.ShouldContain("Room 1");
        toGuest.Calendar!.Method.ShouldBe("REQUEST");
        var message = ITipMessage.Read(toGuest.Calendar.Text.Span, alice.Address, "mailto:guest@elsewhere.example");
        message.Object.Organizer().ShouldBe(alice.Address);
        message.Object.Master!.Attendee("mailto:guest@elsewhere.example")!.Status().ShouldBe("ACCEPTED");
        message.Object.Master!.Text("SUMMARY").ShouldBe("Talk (Gaston Guest)");
        message.Object.Master!.Property("DTSTART")!.Value.ShouldBe("20260303T100000");
        // The secret is the guest's alone.
        Encoding.UTF8.GetString(toGuest.Calendar.Text.Span).ShouldNotContain("manage");
        var text = (await alice.Text(message.Object.Uid)).ShouldNotBeNull();
        text.ShouldContain("About?\\nThe <b>plan</b>");
        text.ShouldNotContain(secret);
        var notice = (await alice.Notifications()).ShouldHaveSingleItem();
        (notice.Kind, notice.ByName, notice.ByAddress).ShouldBe((EventNotificationKind.Created, "Gaston Guest", "mailto:guest@elsewhere.example"));
        notice.EventId.ShouldNotBeNull();
        var toHost = MailsTo(workplace, alice.Person.Address).ShouldHaveSingleItem();
        toHost.Subject.ShouldBe("Nouveau rendez-vous / New appointment: Talk (Gaston Guest)");
        toHost.Text.ShouldContain("mardi 3 mars 2026, 10:00–11:00 (Europe/Paris)");
        toHost.Text.ShouldContain("Tuesday 3 March 2026");
        toHost.Text.ShouldContain("The <b>plan</b>");
        toHost.IsAutomatic.ShouldBeTrue();
    }

    [Fact]
    public async Task A_guest_of_the_workplace_is_asked_in_their_calendar_and_answers_there()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        var (_, token) = await Open(alice.Person, page => page["mostPerDay"] = 1);
        await Book(workplace, token, Wish(address: bob.Person.Address, name: "Bob"));
        var uid = ITipMessage.Read(MailsTo(workplace, bob.Person.Address).ShouldHaveSingleItem().Calendar!.Text.Span, alice.Address, bob.Address).Object.Uid;
        // Whoever wrote Bob's address did not answer for him.
        (await bob.StatusOf(uid, bob.Address)).ShouldBe("NEEDS-ACTION");
        (await Slots(workplace, token)).ShouldBe([]);
        await bob.Answer(uid, "DECLINED");
        (await alice.StatusOf(uid, bob.Address)).ShouldBe("DECLINED");
        // What its guest declined takes neither the time nor the day.
        (await Slots(workplace, token)).ShouldBe(["03T08:00", "03T09:00", "03T10:00"]);
    }

    [Fact]
    public async Task Of_two_who_want_a_time_one_gets_it()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await Guest.Of(workplace, "alice");
        var (_, token) = await Open(alice.Person);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Ask(workplace, $"book/api/pages/{token}/bookings", Wish(address: $"g{i}@elsewhere.example"))));
        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1, string.Join('\n', answers.Select(answer => $"{answer.Status} {answer.Json.ToJsonString()}")));
        foreach (var (status, json, _) in answers.Where(answer => answer.Status != HttpStatusCode.Created)) (status, (string)json["error"]!).ShouldBe((HttpStatusCode.Conflict, "taken"));
        await workplace.Settle();
        workplace.Post.Sent.Count.ShouldBe(2);
        (await Slots(workplace, token)).ShouldBe(["03T08:00", "03T10:00"]);
    }

    [Fact]
    public async Task A_guest_moves_and_cancels_by_the_link()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await Guest.Of(workplace, "alice");
        var (_, token) = await Open(alice.Person, page => page["before"] = 60);
        var secret = await Book(workplace, token);
        var (_, seen, _) = await Ask(workplace, $"book/api/bookings/{secret}");
        ((string)seen["name"]!, (string)seen["start"]!, (string)seen["page"]!["title"]!).ShouldBe(("Gaston Guest", "2026-03-03T09:00:00Z", "Talk"));
        // It does not stand in its own way.
        (await Slots(workplace, secret, path: "bookings")).ShouldBe(["03T08:00", "03T09:00", "03T10:00"]);
        (await Slots(workplace, token)).ShouldBe([]);
        (await Ask(workplace, $"book/api/bookings/{secret}/move", new JsonObject { ["start"] = "2026-03-03T03:00:00Z" })).Status.ShouldBe(HttpStatusCode.Conflict);
        (await Ask(workplace, $"book/api/bookings/{secret}/move", new JsonObject { ["start"] = "2026-03-03T10:00:00Z" })).Status.ShouldBe(HttpStatusCode.OK);
        await workplace.Settle();
        var moved = MailsTo(workplace, "guest@elsewhere.example")[^1];
        moved.Subject.ShouldBe("Rendez-vous déplacé : Talk");
        var message = ITipMessage.Read(moved.Calendar!.Text.Span, alice.Address, "mailto:guest@elsewhere.example");
        (message.Method, message.Object.Master!.Property("DTSTART")!.Value, message.Object.Master.Sequence(), message.Object.Master.Attendee("mailto:guest@elsewhere.example")!.Status()).ShouldBe((ITipMethod.Request, "20260303T110000", 1, "ACCEPTED"));
        (await alice.Object(message.Object.Uid))!.Master!.Property("DTSTART")!.Value.ShouldBe("20260303T110000");
        using (var file = (await Ask(workplace, $"book/api/bookings/{secret}/event.ics")).Response)
        {
            file.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
            CalendarObject.Of(ICalReader.ReadCalendar(await file.Content.ReadAsByteArrayAsync(Cancellation), ICalLimits.Object)).Uid.ShouldBe(message.Object.Uid);
        }

        (await Ask(workplace, $"book/api/bookings/{secret}/cancel", [])).Status.ShouldBe(HttpStatusCode.OK);
        await workplace.Settle();
        MailsTo(workplace, "guest@elsewhere.example")[^1].Calendar!.Method.ShouldBe("CANCEL");
        MailsTo(workplace, alice.Person.Address)[^1].Subject.ShouldStartWith("Rendez-vous annulé / Appointment cancelled");
        MailsTo(workplace, alice.Person.Address).Count.ShouldBe(3);
        MailsTo(workplace, "guest@elsewhere.example").Count.ShouldBe(3);
        (await alice.Stored(message.Object.Uid)).ShouldBeNull();
        (await alice.Notifications()).ConvertAll(notice => notice.Kind).ShouldBe([EventNotificationKind.Created, EventNotificationKind.Updated, EventNotificationKind.Destroyed]);
        (await Ask(workplace, $"book/api/bookings/{secret}")).Json["start"].ShouldBeNull();
        (await Ask(workplace, $"book/api/bookings/{secret}/cancel", [])).Status.ShouldBe(HttpStatusCode.Gone);
        (await Ask(workplace, $"book/api/bookings/{secret}/move", new JsonObject { ["start"] = "2026-03-04T10:00:00Z" })).Status.ShouldBe(HttpStatusCode.Gone);
        (await Slots(workplace, token)).ShouldBe(["03T08:00", "03T09:00", "03T10:00"]);
    }

    [Fact]
    public async Task What_is_over_is_neither_moved_nor_cancelled()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (_, token) = await Open(await workplace.Add());
        var secret = await Book(workplace, token);
        workplace.Time.Advance(TimeSpan.FromDays(2));
        (await Ask(workplace, $"book/api/bookings/{secret}/cancel", [])).Status.ShouldBe(HttpStatusCode.Gone);
        (await Ask(workplace, $"book/api/pages/{token}/bookings", Wish())).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Nothing_tells_what_is_not_there_from_what_is_closed()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (id, token) = await Open(alice, page => page["description"] = "Hello");
        var secret = await Book(workplace, token);
        var (status, json, response) = await Ask(workplace, $"book/api/pages/{token}");
        (status, (string)json["host"]!, (string)json["description"]!, (string)json["lastDay"]!).ShouldBe((HttpStatusCode.OK, "Alice", "Hello", "2026-05-01"));
        json.Select(property => property.Key).ShouldBe(["title", "description", "location", "duration", "host", "timeZone", "first", "lastDay", "questions"]);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("X-Robots-Tag").ShouldBe(["noindex"]);
        response.Dispose();
        await Set(alice, new JsonObject { ["update"] = new JsonObject { [id] = new JsonObject { ["isEnabled"] = false } } });
        var closed = (await Ask(workplace, $"book/api/pages/{token}")).Json.ToJsonString();
        foreach (var unknown in (string[])[token, new string('a', 27), "x", "%C3%A9", secret])
        {
            (await Ask(workplace, $"book/api/pages/{unknown}")).Json.ToJsonString().ShouldBe(closed);
            (await Ask(workplace, $"book/api/pages/{unknown}/slots?from=2026-03-03T00:00:00Z&to=2026-03-04T00:00:00Z")).Status.ShouldBe(HttpStatusCode.NotFound);
        }

        (await Ask(workplace, $"book/api/pages/{token}/bookings", Wish())).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Ask(workplace, $"book/api/bookings/{secret}/move", new JsonObject { ["start"] = "2026-03-03T10:00:00Z" })).Status.ShouldBe(HttpStatusCode.NotFound);
        // Who has booked may still cancel.
        (await Ask(workplace, $"book/api/bookings/{secret}/cancel", [])).Status.ShouldBe(HttpStatusCode.OK);
        (await Set(alice, new JsonObject { ["destroy"] = new JsonArray(id) }))["destroyed"]!.AsArray().Count.ShouldBe(1);
        (await Ask(workplace, $"book/api/bookings/{secret}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_guests_write_is_bounded()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (_, token) = await Open(alice, page => page["questions"] = new JsonArray(new JsonObject { ["label"] = "Why?" }));
        var path = $"book/api/pages/{token}/bookings";
        var refused = 0;
        foreach (var (property, value) in ((string, JsonNode?)[])[
            ("name", ""), ("name", new string('n', 101)), ("name", "Win https://spam.example"), ("name", "a\u0007b"), ("name", null), ("address", "guest"), ("address", "a b@example.org"), ("address", "a@b@example.org"),
            ("address", "Me <a@example.org>"), ("address", "a@localhost"), ("address", alice.Address), ("answers", new JsonArray(new string('a', 301))), ("answers", new JsonArray("a\nb")), ("answers", new JsonArray("a", "b")), ("start", "tomorrow"),
        ])
        {
            // Each from a network of its own would be allowed; here the limiter is of no concern.
            workplace.Time.Advance(TimeSpan.FromMinutes(10));
            var wish = Wish();
            wish[property] = value;
            var (status, json, _) = await Ask(workplace, path, wish);
            status.ShouldBe(HttpStatusCode.BadRequest, $"{property} {value} {json.ToJsonString()}");
            ((string)json["error"]!).ShouldBe("invalid");
            refused++;
        }

        refused.ShouldBe(15);
        using var nobody = new HttpClient { BaseAddress = workplace.Origin };
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("start", "2026-03-03T09:00:00Z")]);
        using var answer = await nobody.PostAsync(path, form, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await Ask(workplace, $"book/api/pages/{token}/slots?from=2026-03-03T00:00:00Z&to=2026-05-05T00:00:00Z")).Status.ShouldBe(HttpStatusCode.BadRequest);
        // A field that no person sees is filled in by programs alone, which believe that they have booked.
        var bot = Wish();
        bot["website"] = "https://spam.example";
        (await Ask(workplace, path, bot)).Status.ShouldBe(HttpStatusCode.Created);
        await workplace.Settle();
        workplace.Post.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_has_mails_sent_to_others_without_end()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (_, token) = await Open(await workplace.Add());
        var path = $"book/api/pages/{token}/bookings";
        string[] times = ["03T08", "03T09", "03T10", "04T08", "04T09", "04T10", "05T08"];
        var statuses = new List<HttpStatusCode>();
        foreach (var at in times) statuses.Add((await Ask(workplace, path, Wish($"2026-03-{at}:00:00Z"))).Status);
        // Five to come of one guest, and no more than six tries an hour at one address.
        statuses.ShouldBe([.. Enumerable.Repeat(HttpStatusCode.Created, 5), HttpStatusCode.Forbidden, HttpStatusCode.TooManyRequests]);
        // Ten of one source.
        var others = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++) others.Add((await Ask(workplace, path, Wish("2026-03-03T23:00:00Z", $"g{i}@elsewhere.example"))).Status);
        others.ShouldContain(HttpStatusCode.TooManyRequests);
        await workplace.Settle();
        MailsTo(workplace, "guest@elsewhere.example").Count.ShouldBe(5);
    }

    [Fact]
    public async Task Who_guesses_is_asked_to_wait()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        HttpStatusCode last = default;
        for (var i = 0; i < 25; i++) last = (await Ask(workplace, $"book/api/pages/{new string('a', 25)}{i:00}")).Status;
        last.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Pages_are_their_owners_alone_and_every_property_is_looked_at()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        await workplace.Give(alice, bob, Rights.Owner);
        var bobs = await workplace.First(bob);
        foreach (var (property, value) in ((string, JsonNode?)[])[
            ("title", ""), ("title", null), ("title", new string('t', 201)), ("title", "a\nb"), ("description", new string('d', 4001)), ("duration", 4), ("duration", 1441), ("duration", "PT1H"), ("increment", 0), ("before", -1), ("after", 1441),
            ("notice", 86_401), ("horizon", 0), ("horizon", 367), ("mostPerDay", 0), ("timeZone", "Paris"), ("timeZone", null), ("isEnabled", "yes"), ("calendarId", "c0"), ("calendarId", $"c{bobs}"), ("unknown", 1), ("url", "x"),
            ("hours", new JsonArray(new JsonObject { ["day"] = "mo", ["from"] = "10:00", ["to"] = "09:00" })), ("hours", new JsonArray(new JsonObject { ["day"] = "xx", ["from"] = "09:00", ["to"] = "10:00" })),
            ("hours", new JsonArray(new JsonObject { ["day"] = "mo", ["from"] = "09:00", ["to"] = "24:01" })),
            ("hours", new JsonArray(new JsonObject { ["day"] = "mo", ["from"] = "09:00", ["to"] = "11:00" }, new JsonObject { ["day"] = "mo", ["from"] = "10:00", ["to"] = "12:00" })),
            ("busyCalendars", new JsonArray(new JsonObject { ["accountId"] = bob.Account.ToString(), ["calendarId"] = $"c{bobs}" })), ("busyCalendars", new JsonArray("c1")), ("questions", new JsonArray(new JsonObject())), ("questions", "x"),
        ])
        {
            var answer = await Set(alice, new JsonObject { ["create"] = new JsonObject { ["b"] = Page(page => page[property] = value?.DeepClone()) } });
            answer["notCreated"]!["b"].ShouldNotBeNull($"{property} {value}");
            ((string)answer["notCreated"]!["b"]!["type"]!).ShouldBe("invalidProperties");
            answer["notCreated"]!["b"]!["properties"]!.AsArray().Select(name => (string)name!).ShouldContain(property);
        }

        var (id, _) = await Open(alice, page => page["mostPerDay"] = 3);
        var got = (await alice.Call("BookingPage/get", new JsonObject { ["accountId"] = alice.Account.ToString(), ["ids"] = new JsonArray(id, "b999999") }));
        ((long)got["list"]![0]!["mostPerDay"]!, (string)got["list"]![0]!["hours"]![0]!["to"]!, (string)got["notFound"]![0]!).ShouldBe((3, "12:00", "b999999"));
        (await bob.Call("BookingPage/get", new JsonObject { ["accountId"] = alice.Account.ToString(), ["ids"] = null }))["list"]!.AsArray().ShouldBeEmpty();
        var stranger = await Set(alice, new JsonObject { ["update"] = new JsonObject { [id] = new JsonObject { ["title"] = "Mine" } } }, bob);
        stranger["notUpdated"]?[id].ShouldNotBeNull(stranger.ToJsonString());
        var invalid = await Set(alice, new JsonObject { ["update"] = new JsonObject { [id] = new JsonObject { ["duration"] = 1 } } });
        ((string)invalid["notUpdated"]![id]!["type"]!).ShouldBe("invalidProperties");
    }
}
