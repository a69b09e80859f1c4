using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;
using MimeKit;

namespace Bastide.Conformance.Scheduling;

/// <summary>Alice invites Bob, who is here, and Carl, whose mail server is a Postfix elsewhere: every side agrees at each step.</summary>
public sealed class InvitationTests : IAsyncLifetime
{
    const string Carl = "carl@elsewhere.example";
    const string Uid = "council-2027";

    RunningWorkplace _workplace = null!;
    PostfixServer _postfix = null!;
    JmapClient _alice = null!;
    JmapClient _bob = null!;

    public async ValueTask InitializeAsync()
    {
        var port = RunningWorkplace.FreePort();
        _workplace = await RunningWorkplace.Start(environment: new Dictionary<string, string> { ["BASTIDE_SMTP__RELAY"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}") });
        _postfix = await PostfixServer.Start(port, _workplace.Smtp);
        _alice = new JmapClient(_workplace.Url, "alice@demo.localhost", "bastide-demo");
        _bob = new JmapClient(_workplace.Url, "bob@demo.localhost", "bastide-demo");
    }

    public async ValueTask DisposeAsync()
    {
        _alice.Dispose();
        _bob.Dispose();
        await _postfix.DisposeAsync();
        await _workplace.DisposeAsync();
    }

    [Fact]
    public async Task Inside_and_outside_agree_at_each_step()
    {
        // She invites both to a series.
        await Invite();
        await Seen(_bob, "bob@demo.localhost", "needs-action");
        var invitation = await CarlGets(1, ITipMethod.Request);
        invitation.Object.Master!.Property("RRULE")!.Value.ShouldBe("FREQ=WEEKLY;COUNT=4");

        // Both answer.
        await Set(_bob, "participationStatus", "bob@demo.localhost", "accepted");
        await _postfix.Send(Reply(invitation, "ACCEPTED"));
        await Seen(_alice, "bob@demo.localhost", "accepted");
        await Seen(_alice, Carl, "accepted");
        await Seen(_bob, Carl, "accepted");

        // Carl proposes another time: she finds it in her mail, and nothing moves until she says so.
        await _postfix.Send(Counter(invitation, "20270111T110000"));
        await Wait.Until(async () => (await Subjects(_alice)).Contains("Counter"), "Alice to read the proposal");
        (await Event(_alice))!["start"]!.GetValue<string>().ShouldBe("2027-01-11T10:00:00");
        await Update(_alice, new JsonObject { ["start"] = "2027-01-11T11:00:00" });
        await Wait.Until(async () => (string?)(await Event(_bob))!["start"] == "2027-01-11T11:00:00", "Bob's copy to move");
        await Seen(_bob, "bob@demo.localhost", "needs-action");
        await Seen(_alice, Carl, "needs-action");
        var moved = await CarlGets(2, ITipMethod.Request);
        moved.Object.Master!.Property("DTSTART")!.Value.ShouldBe("20270111T110000");
        moved.Object.Master!.Sequence().ShouldBeGreaterThan(invitation.Object.Master!.Sequence());
        await _postfix.Send(Reply(moved, "TENTATIVE"));
        await Set(_bob, "participationStatus", "bob@demo.localhost", "accepted");
        await Seen(_alice, Carl, "tentative");
        await Seen(_alice, "bob@demo.localhost", "accepted");
        await Seen(_bob, Carl, "tentative");

        // She changes one instance: both are told of that one.
        await Update(_alice, new JsonObject { ["start"] = "2027-01-18T15:00:00", ["title"] = "Council, longer" }, "2027-01-18T11:00:00");
        var one = await CarlGets(3, ITipMethod.Request);
        one.Object.Master.ShouldBeNull();
        one.Object.Instances.Single().Property("DTSTART")!.Value.ShouldBe("20270118T150000");
        await Wait.Until(async () => (string?)Override(await Event(_bob), "2027-01-18T11:00:00")?["start"] == "2027-01-18T15:00:00", "Bob's instance to move");
        await _postfix.Send(Reply(one, "DECLINED"));
        await Wait.Until(async () => Statuses(Override(await Event(_alice), "2027-01-18T11:00:00")).Contains("declined"), "Alice to know that Carl does not come that day");
        await Seen(_alice, Carl, "tentative");

        // She cancels another.
        await Destroy(_alice, "2027-01-25T11:00:00");
        var cancelled = await CarlGets(4, ITipMethod.Cancel);
        cancelled.Object.Instances.Single().Property("RECURRENCE-ID")!.Value.ShouldBe("20270125T110000");
        await Wait.Until(async () => (string?)Override(await Event(_bob), "2027-01-25T11:00:00")?["status"] == "cancelled", "Bob's instance to be cancelled");
        ((bool?)Override(await Event(_alice), "2027-01-25T11:00:00")?["excluded"]).ShouldBe(true);

        // And all of it.
        await Destroy(_alice);
        (await CarlGets(5, ITipMethod.Cancel)).Object.Master.ShouldNotBeNull();
        await Wait.Until(async () => (string?)(await Event(_bob))!["status"] == "cancelled", "Bob's copy to be cancelled");
    }

    [Fact]
    public async Task Bob_answers_by_mail_what_Carl_organizes()
    {
        var text = $"""
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//Elsewhere//EN
            METHOD:REQUEST
            BEGIN:VEVENT
            UID:visit
            DTSTAMP:20261201T080000Z
            DTSTART:20270201T090000Z
            DTEND:20270201T100000Z
            SUMMARY:Visit
            ORGANIZER;CN=Carl:mailto:{Carl}
            ATTENDEE;PARTSTAT=ACCEPTED:mailto:{Carl}
            ATTENDEE;RSVP=TRUE:mailto:bob@demo.localhost
            END:VEVENT
            END:VCALENDAR

            """.ReplaceLineEndings("\r\n");
        await _postfix.Send(Message("bob@demo.localhost", "Invitation: Visit", "REQUEST", text));
        await Wait.Until(async () => await Event(_bob, "visit") is not null, "the invitation to be in Bob's calendar");
        await Set(_bob, "participationStatus", "bob@demo.localhost", "declined", "visit");
        var reply = await CarlGets(1, ITipMethod.Reply);
        reply.Object.Master!.Attendee("mailto:bob@demo.localhost")!.Status().ShouldBe("DECLINED");
        (await _postfix.Mail("carl")).Single().From.Mailboxes.Single().Address.ShouldBe("bob@demo.localhost");
    }

    async Task Invite()
    {
        var calendars = await _alice.Call("Calendar/get", new JsonObject { ["accountId"] = await _alice.Account() });
        var home = (string)calendars["list"]!.AsArray().Single(calendar => (bool)calendar!["isDefault"]!)!["id"]!;
        JsonObject Person(string address, string status, params string[] roles) => new()
        {
            ["@type"] = "Participant",
            ["calendarAddress"] = "mailto:" + address,
            ["participationStatus"] = status,
            ["expectReply"] = status == "needs-action",
            ["roles"] = new JsonObject(roles.Select(role => KeyValuePair.Create(role, (JsonNode?)true))),
        };
        var answer = await _alice.Call("CalendarEvent/set", new JsonObject
        {
            ["accountId"] = await _alice.Account(),
            ["sendSchedulingMessages"] = true,
            ["create"] = new JsonObject
            {
                ["e"] = new JsonObject
                {
                    ["calendarIds"] = new JsonObject { [home] = true },
                    ["uid"] = Uid,
                    ["title"] = "Council",
                    ["start"] = "2027-01-11T10:00:00",
                    ["duration"] = "PT1H",
                    ["timeZone"] = "Europe/Paris",
                    ["recurrenceRule"] = new JsonObject { ["frequency"] = "weekly", ["count"] = 4 },
                    ["participants"] = new JsonObject { ["a"] = Person("alice@demo.localhost", "accepted", "owner", "attendee"), ["b"] = Person("bob@demo.localhost", "needs-action", "attendee"), ["c"] = Person(Carl, "needs-action", "attendee") },
                },
            },
        });
        answer["created"]!["e"].ShouldNotBeNull(answer.ToJsonString());
    }

    static async Task<JsonObject?> Event(JmapClient client, string uid = Uid)
    {
        var account = await client.Account();
        var found = await client.Call("CalendarEvent/query", new JsonObject { ["accountId"] = account, ["filter"] = new JsonObject { ["uid"] = uid } });
        if (found["ids"]!.AsArray() is not [var id, ..]) return null;
        var got = await client.Call("CalendarEvent/get", new JsonObject { ["accountId"] = account, ["ids"] = new JsonArray(id!.DeepClone()) });
        return got["list"]![0]!.AsObject();
    }

    static async Task Update(JmapClient client, JsonObject patch, string? instance = null, string uid = Uid)
    {
        var id = await IdOf(client, instance, uid);
        var answer = await client.Call("CalendarEvent/set", new JsonObject { ["accountId"] = await client.Account(), ["sendSchedulingMessages"] = true, ["update"] = new JsonObject { [id] = patch } });
        answer["updated"]?.AsObject().ContainsKey(id).ShouldBeTrue(answer.ToJsonString());
    }

    static async Task Set(JmapClient client, string property, string address, string value, string uid = Uid)
    {
        var people = (await Event(client, uid))!["participants"]!.AsObject();
        var id = people.Single(person => (string?)person.Value!["calendarAddress"] == "mailto:" + address).Key;
        await Update(client, new JsonObject { [$"participants/{id}/{property}"] = value }, null, uid);
    }

    static async Task Destroy(JmapClient client, string? instance = null)
    {
        var id = await IdOf(client, instance, Uid);
        var answer = await client.Call("CalendarEvent/set", new JsonObject { ["accountId"] = await client.Account(), ["sendSchedulingMessages"] = true, ["destroy"] = new JsonArray(id) });
        answer["destroyed"]?.AsArray().Count.ShouldBe(1, answer.ToJsonString());
    }

    static async Task<string> IdOf(JmapClient client, string? instance, string uid)
    {
        var id = (string)(await Event(client, uid))!["id"]!;
        return instance is null ? id : $"{id}-{instance.Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal)}";
    }

    static Task Seen(JmapClient client, string address, string status) => Wait.Until(
        async () => (await Event(client))?["participants"]!.AsObject().Any(person => (string?)person.Value!["calendarAddress"] == "mailto:" + address && ((string?)person.Value!["participationStatus"] ?? "needs-action") == status) == true,
        $"{address} to stand as {status}");

    static JsonObject? Override(JsonObject? calendarEvent, string key) => calendarEvent?["recurrenceOverrides"]?[key] as JsonObject;

    static IEnumerable<string?> Statuses(JsonObject? patch) => (patch ?? []).Where(entry => entry.Key.EndsWith("/participationStatus", StringComparison.Ordinal)).Select(entry => (string?)entry.Value);

    static async Task<List<string?>> Subjects(JmapClient client)
    {
        var account = await client.Account();
        return [.. (await client.Emails(account, await client.MailboxWithRole(account, "inbox"), "subject")).Select(mail => (string?)mail["subject"])];
    }

    /// <summary>The newest of so many messages that Carl's mail program finds.</summary>
    async Task<ITipMessage> CarlGets(int count, ITipMethod method)
    {
        await Wait.Until(async () => (await _postfix.Mail("carl")).Count >= count, $"Carl to have {count} messages");
        var mail = await _postfix.Mail("carl");
        mail.Count.ShouldBe(count);
        var part = mail[^1].BodyParts.OfType<TextPart>().Single(part => part.ContentType.MimeType == "text/calendar");
        var message = ITipMessage.Read(Encoding.UTF8.GetBytes(part.Text), "mailto:" + mail[^1].From.Mailboxes.Single().Address, "mailto:" + Carl);
        message.Method.ShouldBe(method);
        part.ContentType.Parameters["method"].ShouldBe(ITipMessage.NameOf(method));
        return message;
    }

    static MimeMessage Reply(ITipMessage invitation, string status) => Answer(invitation, "REPLY", status, null);

    static MimeMessage Counter(ITipMessage invitation, string start) => Answer(invitation, "COUNTER", "TENTATIVE", start);

    static MimeMessage Answer(ITipMessage invitation, string method, string status, string? start)
    {
        var about = invitation.Object.Components.First();
        var component = new ICalComponent("VEVENT", about.Properties.Where(property => property.Name is "UID" or "DTSTART" or "DTEND" or "DURATION" or "RECURRENCE-ID" or "SEQUENCE" or "SUMMARY" or "ORGANIZER"));
        component.Set("DTSTAMP", DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        if (start is not null) component.Set("DTSTART", start);
        component.Add(new ICalProperty("ATTENDEE", "mailto:" + Carl, new ICalParameter("PARTSTAT", status)));
        var calendar = new ICalComponent("VCALENDAR", [new ICalProperty("VERSION", "2.0"), new ICalProperty("PRODID", "-//Elsewhere//EN"), new ICalProperty("METHOD", method), component]);
        return Message("alice@demo.localhost", method == "COUNTER" ? "Counter" : "Re", method, ICalWriter.WriteText(calendar));
    }

    static MimeMessage Message(string to, string subject, string method, string text)
    {
        var part = new TextPart("calendar") { Text = text };
        part.ContentType.Parameters.Add("method", method);
        var message = new MimeMessage { Subject = subject, Body = new MultipartAlternative(new TextPart("plain") { Text = subject }, part) };
        message.From.Add(new MailboxAddress("Carl", Carl));
        message.To.Add(MailboxAddress.Parse(to));
        return message;
    }
}
