using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Bastide.Calendar.Tests.Scheduling;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Jobs;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Tests.Attachments;

/// <summary>What is attached to events: added, replaced and removed by CalDAV (RFC 8607) and JMAP, and fetched by those who were invited.</summary>
public abstract class AttachmentsContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static async Task<HttpResponseMessage> Post(CalendarPerson person, string path, string query, string? content = null, string type = "text/plain", string? name = null, string? prefer = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}?{query}");
        if (content is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            if (name is not null) request.Content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = name };
        }

        if (prefer is not null) request.Headers.TryAddWithoutValidation("Prefer", prefer);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await person.Http.SendAsync(request, Cancellation);
    }

    static string IdIn(HttpResponseMessage response) => response.Headers.GetValues("Cal-Managed-ID").Single();

    /// <summary>What somebody unknown is answered at an address of this server.</summary>
    static async Task<HttpResponseMessage> Fetch(CalendarWorkplace workplace, string address)
    {
        using var nobody = new HttpClient { BaseAddress = workplace.Origin };
        return await nobody.GetAsync(new Uri(address).PathAndQuery, Cancellation);
    }

    static List<ICalProperty> AttachmentsOf(ICalComponent component) => [.. component.PropertiesOf("ATTACH")];

    static async Task<CalendarObject> Read(CalendarPerson person, string path) =>
        CalendarObject.Of(ICalReader.ReadCalendar(await person.Http.GetByteArrayAsync(path, Cancellation), ICalLimits.Object));

    static async Task<string> Keep(CalendarWorkplace workplace, CalendarPerson person, string uid, byte[] text)
    {
        await workplace.Keep(person, await workplace.First(person), uid + ".ics", text);
        return $"/dav/calendars/{person.Address}/default/{uid}.ics";
    }

    [Fact]
    public async Task What_is_attached_is_added_replaced_and_removed_and_fetched_without_signing_in()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var path = await Keep(workplace, alice, "a", Texts.Hour("a", 3, more: "X-KEPT:yes"));
        using var added = await Post(alice, path, "action=attachment-add", "agenda 1", "text/plain; charset=utf-8", "Ordre du jour é.txt", "return=representation");
        added.StatusCode.ShouldBe(HttpStatusCode.Created);
        var first = IdIn(added);
        var told = await added.Content.ReadAsStringAsync(Cancellation);
        told.ShouldContain("X-KEPT:yes");
        added.Headers.ETag.ShouldNotBeNull();
        var attachment = AttachmentsOf((await Read(alice, path)).Master!).ShouldHaveSingleItem();
        (attachment.Parameter("MANAGED-ID"), attachment.Parameter("FMTTYPE"), attachment.Parameter("SIZE"), attachment.Parameter("FILENAME")).ShouldBe((first, "text/plain", "8", "Ordre du jour é.txt"));
        using (var fetched = await Fetch(workplace, attachment.Value))
        {
            fetched.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await fetched.Content.ReadAsStringAsync(Cancellation)).ShouldBe("agenda 1");
            fetched.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
            fetched.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("Ordre du jour é.txt");
            fetched.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
            fetched.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        }

        using var updated = await Post(alice, path, $"action=attachment-update&managed-id={first}", "agenda two", name: "b.txt");
        updated.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var second = IdIn(updated);
        second.ShouldNotBe(first);
        var replaced = AttachmentsOf((await Read(alice, path)).Master!).ShouldHaveSingleItem();
        (replaced.Parameter("MANAGED-ID"), replaced.Parameter("SIZE")).ShouldBe((second, "10"));
        (await Fetch(workplace, attachment.Value)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await Fetch(workplace, replaced.Value)).Content.ReadAsStringAsync(Cancellation)).ShouldBe("agenda two");

        using var stale = await Post(alice, path, $"action=attachment-remove&managed-id={second}", ifMatch: added.Headers.ETag!.Tag);
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        using var removed = await Post(alice, path, $"action=attachment-remove&managed-id={second}");
        removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        removed.Headers.Contains("Cal-Managed-ID").ShouldBeFalse();
        AttachmentsOf((await Read(alice, path)).Master!).ShouldBeEmpty();
        (await Fetch(workplace, replaced.Value)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("action=attachment-eat", "valid-action")]
    [InlineData("", "valid-action")]
    [InlineData("action=attachment-add&managed-id=x", "valid-managed-id")]
    [InlineData("action=attachment-update", "valid-managed-id")]
    [InlineData("action=attachment-update&managed-id=b0", "valid-managed-id")]
    [InlineData("action=attachment-remove&managed-id=b0", "valid-managed-id")]
    [InlineData("action=attachment-update&managed-id=b0&rid=M", "valid-rid")]
    [InlineData("action=attachment-add&rid=20260309T110000Z", "valid-rid")]
    [InlineData("action=attachment-add&rid=tomorrow", "valid-rid")]
    [InlineData("action=attachment-add&rid=", "valid-rid")]
    public async Task What_cannot_be_is_refused_with_its_precondition(string query, string precondition)
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var path = await Keep(workplace, alice, "a", Texts.Hour("a", 3, more: "RRULE:FREQ=DAILY;COUNT=9"));
        using var refused = await Post(alice, path, query, "x");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync(Cancellation)).ShouldContain($":{precondition}/>");
        AttachmentsOf((await Read(alice, path)).Master!).ShouldBeEmpty();
    }

    [Fact]
    public async Task Single_instances_of_a_series_have_what_is_attached_to_them_alone()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var path = await Keep(workplace, alice, "s", Texts.Object(
            Texts.Component("s", "DTSTART;TZID=Europe/Paris:20260303T100000\nDTEND;TZID=Europe/Paris:20260303T113000\nRRULE:FREQ=DAILY;COUNT=9\nSUMMARY:s") + "\n"
            + Texts.Component("s", "RECURRENCE-ID;TZID=Europe/Paris:20260304T100000\nDTSTART;TZID=Europe/Paris:20260304T140000\nDURATION:PT1H\nSUMMARY:moved")));
        using var all = await Post(alice, path, "action=attachment-add", "all");
        var ofAll = IdIn(all);
        using var some = await Post(alice, path, "action=attachment-add&rid=20260304T100000,20260305T090000Z", "some");
        some.StatusCode.ShouldBe(HttpStatusCode.Created);
        var read = await Read(alice, path);
        read.Components.Select(component => $"{component.Property("RECURRENCE-ID")?.Value} {component.Property("DTSTART")!.Value} {component.Property("DTEND")?.Value} {AttachmentsOf(component).Count}").Order(StringComparer.Ordinal)
            .ShouldBe([" 20260303T100000 20260303T113000 1", "20260304T100000 20260304T140000  2", "20260305T100000 20260305T100000 20260305T113000 2"]);
        using var less = await Post(alice, path, $"action=attachment-remove&managed-id={ofAll}&rid=M,20260306T100000");
        less.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        read = await Read(alice, path);
        read.Components.Select(component => $"{component.Property("RECURRENCE-ID")?.Value} {AttachmentsOf(component).Count}").Order(StringComparer.Ordinal).ShouldBe([" 0", "20260304T100000 2", "20260305T100000 2", "20260306T100000 0"]);
        using var none = await Post(alice, path, $"action=attachment-remove&managed-id={ofAll}");
        (await Read(alice, path)).Components.Sum(component => AttachmentsOf(component).Count).ShouldBe(2);
    }

    [Fact]
    public async Task Guests_here_and_elsewhere_get_the_address_and_lose_it_when_it_is_removed()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await Guest.Of(workplace, "alice"), await Guest.Of(workplace, "bob"));
        await alice.Put("m", Texts.Component("m", $"DTSTART:20260303T100000Z\nDURATION:PT1H\nSUMMARY:m\nSEQUENCE:0\nORGANIZER:{alice.Address}\nATTENDEE;PARTSTAT=ACCEPTED:{alice.Address}\nATTENDEE;RSVP=TRUE:{bob.Address}\nATTENDEE;RSVP=TRUE:mailto:carl@elsewhere.example"));
        var path = $"/dav/calendars/{alice.Person.Address}/default/m.ics";
        using var added = await Post(alice.Person, path, "action=attachment-add", "minutes", name: "minutes.txt");
        added.StatusCode.ShouldBe(HttpStatusCode.Created);
        added.Headers.Contains("Schedule-Tag").ShouldBeTrue();
        await workplace.Settle();
        var copy = AttachmentsOf((await bob.Object("m"))!.Master!).ShouldHaveSingleItem();
        var mail = workplace.Post.Sent.Last();
        Encoding.UTF8.GetString(mail.Calendar!.Text.Span).Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain(copy.Value);
        (await (await Fetch(workplace, copy.Value)).Content.ReadAsStringAsync(Cancellation)).ShouldBe("minutes");
        // By JMAP as well: the blob is theirs to read in their own account.
        using (var download = await bob.Person.Http.GetAsync($"/jmap/download/{bob.Person.Account}/{IdIn(added)}/minutes.txt", Cancellation)) (await download.Content.ReadAsStringAsync(Cancellation)).ShouldBe("minutes");

        using var removed = await Post(alice.Person, path, $"action=attachment-remove&managed-id={IdIn(added)}");
        await workplace.Settle();
        AttachmentsOf((await bob.Object("m"))!.Master!).ShouldBeEmpty();
        (await Fetch(workplace, copy.Value)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await bob.Person.Http.GetAsync($"/jmap/download/{bob.Person.Account}/{IdIn(added)}/minutes.txt", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_upload_linked_by_JMAP_is_a_managed_attachment_and_a_managed_attachment_is_a_blob()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var blob = await alice.Upload("slides");
        var answer = await alice.Call("CalendarEvent/set", new JsonObject
        {
            ["accountId"] = alice.Account.ToString(),
            ["create"] = new JsonObject
            {
                ["e"] = new JsonObject
                {
                    ["calendarIds"] = new JsonObject { [$"c{await workplace.First(alice)}"] = true },
                    ["uid"] = "j",
                    ["title"] = "j",
                    ["start"] = "2026-03-03T10:00:00",
                    ["timeZone"] = "Etc/UTC",
                    ["duration"] = "PT1H",
                    ["links"] = new JsonObject { ["1"] = new JsonObject { ["@type"] = "Link", ["blobId"] = blob, ["title"] = "slides.txt", ["contentType"] = "text/plain" } },
                },
            },
        });
        var made = answer["created"]!["e"]!;
        var stored = (await workplace.Objects.OfUid(alice.Caller, alice.Account, "j", true, Cancellation))!;
        var path = $"/dav/calendars/{alice.Address}/default/{stored.Resource}";
        var attachment = AttachmentsOf((await Read(alice, path)).Master!).ShouldHaveSingleItem();
        (attachment.Parameter("MANAGED-ID"), attachment.Parameter("SIZE"), attachment.Parameter("FILENAME")).ShouldBe((blob, "6", "slides.txt"));
        (await (await Fetch(workplace, attachment.Value)).Content.ReadAsStringAsync(Cancellation)).ShouldBe("slides");

        using var added = await Post(alice, path, "action=attachment-add", "second", name: "2.txt");
        var read = await alice.Call("CalendarEvent/get", new JsonObject { ["accountId"] = alice.Account.ToString(), ["ids"] = new JsonArray(made["id"]!.DeepClone()), ["properties"] = new JsonArray("links") });
        var links = read["list"]![0]!["links"]!.AsObject().Select(link => (string?)link.Value!["blobId"]).ToList();
        links.Order(StringComparer.Ordinal).ShouldBe(((string[])[blob, IdIn(added)]).Order(StringComparer.Ordinal));
        using var download = await alice.Http.GetAsync($"/jmap/download/{alice.Account}/{IdIn(added)}/x", Cancellation);
        (await download.Content.ReadAsStringAsync(Cancellation)).ShouldBe("second");
    }

    [Fact]
    public async Task Files_that_are_attached_at_the_same_moment_are_all_there()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var path = await Keep(workplace, alice, "a", Texts.Hour("a", 3));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Post(alice, path, "action=attachment-add", $"file {number}", name: "وثيقة.txt")));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Created);
        var attached = AttachmentsOf((await Read(alice, path)).Master!);
        attached.ConvertAll(attachment => attachment.Parameter("MANAGED-ID")).Order(StringComparer.Ordinal).ShouldBe(answers.Select(IdIn).Order(StringComparer.Ordinal));
        using var fetched = await Fetch(workplace, attached[0].Value);
        fetched.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("وثيقة.txt");
    }

    [Fact]
    public async Task What_is_said_to_be_of_no_type_is_served_as_octets()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        await alice.Call("CalendarEvent/set", new JsonObject
        {
            ["accountId"] = alice.Account.ToString(),
            ["create"] = new JsonObject
            {
                ["e"] = new JsonObject
                {
                    ["calendarIds"] = new JsonObject { [$"c{await workplace.First(alice)}"] = true },
                    ["uid"] = "t",
                    ["start"] = "2026-03-03T10:00:00",
                    ["links"] = new JsonObject { ["1"] = new JsonObject { ["@type"] = "Link", ["blobId"] = await alice.Upload("x"), ["contentType"] = "no type\r\nX-More: yes" } },
                },
            },
        });
        var stored = (await workplace.Objects.OfUid(alice.Caller, alice.Account, "t", true, Cancellation))!;
        var attachment = AttachmentsOf((await Read(alice, $"/dav/calendars/{alice.Address}/default/{stored.Resource}")).Master!).ShouldHaveSingleItem();
        using var fetched = await Fetch(workplace, attachment.Value);
        fetched.StatusCode.ShouldBe(HttpStatusCode.OK);
        fetched.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
    }

    [Fact]
    public async Task A_blob_that_is_merely_named_stays_out_of_reach()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, mallory) = (await workplace.Add(), await workplace.Add("mallory"));
        var path = await Keep(workplace, alice, "a", Texts.Hour("a", 3));
        using var added = await Post(alice, path, "action=attachment-add", "for alice alone");
        var id = IdIn(added);
        var address = AttachmentsOf((await Read(alice, path)).Master!).Single().Value;
        await Keep(workplace, mallory, "m", Texts.Hour("m", 3, more: $"ATTACH;MANAGED-ID={id}:https://demo.localhost/s/aaaaaaaaaaaaaaaaaaaaaaaaaaa/x"));
        var calendar = $"c{await workplace.First(mallory)}";
        await mallory.Call("CalendarEvent/set", new JsonObject
        {
            ["accountId"] = mallory.Account.ToString(),
            ["create"] = new JsonObject
            {
                ["e"] = new JsonObject { ["calendarIds"] = new JsonObject { [calendar] = true }, ["uid"] = "n", ["start"] = "2026-03-03T10:00:00", ["links"] = new JsonObject { ["1"] = new JsonObject { ["@type"] = "Link", ["blobId"] = id, ["href"] = "https://demo.localhost/x" } } },
            },
        });
        (await mallory.Http.GetAsync($"/jmap/download/{mallory.Account}/{id}/x", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        // An address of something else than what the text says.
        var other = BlobId.Of("else"u8);
        (await workplace.Put(mallory, await workplace.First(mallory), "x.ics", Texts.Hour("x", 3, more: $"ATTACH;MANAGED-ID={other}:{address}"))).Refused!.Failure.ShouldBe(CalendarFailure.InvalidAttachment);
    }

    [Fact]
    public async Task What_others_share_is_attached_to_by_those_who_may_write_alone()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var path = await Keep(workplace, alice, "a", Texts.Hour("a", 3));
        var calendar = await workplace.First(alice);
        await workplace.Give(alice, bob, Rights.Lookup | Rights.Read, calendar);
        (await Post(bob, path, "action=attachment-add", "x")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await workplace.Give(alice, bob, Rights.Lookup | Rights.Read | Rights.Write, calendar);
        (await Post(bob, path, "action=attachment-add", "x")).StatusCode.ShouldBe(HttpStatusCode.Created);
        AttachmentsOf((await Read(alice, path)).Master!).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_attached_takes_room_and_gives_it_back()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var path = await Keep(workplace, alice, "a", Texts.Hour("a", 3));
        await workplace.SetQuota(alice, 20_000);
        var large = new string('x', 12_000);
        using var added = await Post(alice, path, "action=attachment-add", large);
        added.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Post(alice, path, "action=attachment-add", large + "y")).StatusCode.ShouldBe(HttpStatusCode.InsufficientStorage);
        (await Post(alice, path, $"action=attachment-remove&managed-id={IdIn(added)}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Post(alice, path, "action=attachment-add", large + "y")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await alice.Http.DeleteAsync(path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        path = await Keep(workplace, alice, "b", Texts.Hour("b", 3));
        (await Post(alice, path, "action=attachment-add", large + "z")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task What_was_taken_away_comes_back_with_its_address_until_a_week_has_passed()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var path = await Keep(workplace, alice, "a", Texts.Hour("a", 3));
        using var added = await Post(alice, path, "action=attachment-add", "kept");
        var with = await alice.Http.GetByteArrayAsync(path, Cancellation);
        var address = AttachmentsOf((await Read(alice, path)).Master!).Single().Value;
        await workplace.Keep(alice, await workplace.First(alice), "a.ics", Texts.Hour("a", 3));
        await CleanUp(workplace, TimeSpan.FromDays(1));
        (await Fetch(workplace, address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await workplace.Keep(alice, await workplace.First(alice), "a.ics", with);
        (await (await Fetch(workplace, address)).Content.ReadAsStringAsync(Cancellation)).ShouldBe("kept");
        await CleanUp(workplace, TimeSpan.FromDays(8));
        (await Fetch(workplace, address)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await workplace.Keep(alice, await workplace.First(alice), "a.ics", Texts.Hour("a", 3));
        await CleanUp(workplace, TimeSpan.FromDays(1));
        await CleanUp(workplace, TimeSpan.FromDays(8));
        await workplace.Keep(alice, await workplace.First(alice), "a.ics", with);
        (await Fetch(workplace, address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Programs_are_told_that_they_may_attach()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        using var options = new HttpRequestMessage(HttpMethod.Options, $"/dav/calendars/{alice.Address}/default/");
        using var told = await alice.Http.SendAsync(options, Cancellation);
        string.Join(",", told.Headers.GetValues("DAV")).ShouldContain("calendar-managed-attachments");
        using var asked = new HttpRequestMessage(new HttpMethod("PROPFIND"), $"/dav/calendars/{alice.Address}/default/")
        {
            Content = new StringContent("<D:propfind xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'><D:prop><C:max-attachment-size/><C:max-attachments-per-resource/></D:prop></D:propfind>"),
        };
        asked.Headers.Add("Depth", "0");
        using var answer = await alice.Http.SendAsync(asked, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        text.ShouldContain("max-attachment-size>26214400<");
        text.ShouldContain("max-attachments-per-resource>50<");
    }

    static async Task CleanUp(CalendarWorkplace workplace, TimeSpan later)
    {
        workplace.Time.Advance(later);
        await workplace.Get<IEnumerable<IJobHandler>>().Single(handler => handler.Kind == "calendar-attachments").Run(default!, Cancellation);
    }
}
