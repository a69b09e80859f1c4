using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Playwright;
using MimeKit;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>Meetings of several people: invitations answered in the calendar and above the mail that brings them, and everybody's side of it.</summary>
public sealed class InvitationTests(Workplace workplace) : CalendarPages(workplace), IClassFixture<Workplace>
{
    const string Outside = "outside@elsewhere.example";

    /// <summary>A message about an event, from outside, as calendars elsewhere write it (RFC 6047).</summary>
    async Task Deliver(string address, string subject, string method, int sequence, string start, string end, string more = "", bool isOwn = false, string status = "NEEDS-ACTION")
    {
        var (organizer, attendee) = isOwn ? (address, Outside) : (Outside, address);
        var text = $"""
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//Elsewhere//Calendar//EN
            METHOD:{method}
            BEGIN:VEVENT
            UID:hall@elsewhere.example
            DTSTAMP:20310501T0000{sequence:00}Z
            SEQUENCE:{sequence}
            DTSTART:{start}
            DTEND:{end}
            SUMMARY:Market hall
            LOCATION:Room Vauban
            ORGANIZER;CN=Who Invites:mailto:{organizer}
            ATTENDEE;CN=Who Comes;PARTSTAT={status};RSVP=TRUE:mailto:{attendee}
            {more}
            END:VEVENT
            END:VCALENDAR

            """.Replace("\n\n", "\n", StringComparison.Ordinal).ReplaceLineEndings("\r\n");
        var part = new TextPart("calendar") { Text = text };
        part.ContentType.Parameters.Add("method", method);
        var message = new MimeMessage { Subject = subject, Body = new MultipartAlternative { new TextPart("plain") { Text = "The same in words." }, part } };
        message.From.Add(new MailboxAddress("Oscar Outside", Outside));
        message.To.Add(new MailboxAddress("", address));
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", Place.Server.Smtp, SecureSocketOptions.None, Cancellation);
        await smtp.SendAsync(message, new MailboxAddress("", Outside), [new MailboxAddress("", address)], Cancellation);
        await smtp.DisconnectAsync(true, Cancellation);
    }

    static async Task Read(IPage page, string subject)
    {
        await page.GotoAsync("/mail/inbox");
        await page.GetByText(subject, new() { Exact = true }).First.ClickAsync();
        await Expect(page.GetByText("The same in words.").Last).ToBeVisibleAsync();
    }

    static ILocator Invitation(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Invitation: Market hall" });

    static ILocator Answer(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    static JsonNode? Person(JsonObject? one, string address) =>
        one?["participants"]?.AsObject().Select(entry => entry.Value).SingleOrDefault(person => (string?)person!["calendarAddress"] == "mailto:" + address);

    [Fact]
    public async Task An_invitation_by_mail_is_answered_above_its_text_and_what_came_after_it_is_told()
    {
        var (person, agenda) = await With($"week/{Monday}", events: """{"@type":"Event","title":"Own","start":"2031-06-02T09:30:00","duration":"PT1H","timeZone":"Europe/Paris"}""");
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await Deliver(agenda.Address, "Invitation", "REQUEST", 0, "20310602T070000Z", "20310602T080000Z", "RRULE:FREQ=WEEKLY;COUNT=5");
        await Wait.Until(async () => await agenda.Find("Market hall") is not null, "the invitation to be in the calendar");
        await Read(page, "Invitation");
        var card = Invitation(page);
        await Expect(card).ToContainTextAsync("Who Invites invites you");
        await Expect(card).ToContainTextAsync(new Regex("Monday,? 2 June 2031, 09:00 – 10:00"));
        await Expect(card).ToContainTextAsync("Every week on Monday, 5 times");
        await Expect(card).ToContainTextAsync("At the same time: Own (09:30 – 10:30)");
        await ShouldBeAccessible(page, card);
        await card.GetByRole(AriaRole.Button, new() { Name = "Add a comment" }).ClickAsync();
        await card.GetByLabel("Comment to the organiser").FillAsync("With pleasure");
        await Answer(card, "Yes").ClickAsync();
        await Expect(Answer(card, "Yes")).ToHaveAttributeAsync("aria-pressed", "true");
        await Wait.Until(async () => (string?)Person(await agenda.Find("Market hall"), agenda.Address)?["participationStatus"] == "accepted", "the answer to be written");
        ((string?)Person(await agenda.Find("Market hall"), agenda.Address)!["participationComment"]).ShouldBe("With pleasure");

        await Answer(card, "Propose another time").ClickAsync();
        var proposal = card.GetByRole(AriaRole.Group, new() { Name = "Propose another time" });
        await proposal.GetByLabel("Day").FillAsync("2031-06-03");
        await proposal.GetByLabel("Begins").FillAsync("11:00");
        await ShouldBeAccessible(page, card);
        await Answer(proposal, "Send the proposal").ClickAsync();
        await Expect(card).ToContainTextAsync(new Regex("You proposed Tuesday,? 3 June 2031, 11:00 – 12:00"));
        ((string?)(await agenda.Find("Market hall"))!["start"]).ShouldBe("2031-06-02T07:00:00");

        await Deliver(agenda.Address, "Moved", "REQUEST", 1, "20310602T130000Z", "20310602T140000Z");
        await Wait.Until(async () => ((string?)(await agenda.Find("Market hall"))?["sequence"]?.ToString()) == "1", "the event to be moved");
        await Read(page, "Invitation");
        await Expect(card).ToContainTextAsync("This message has been overtaken");
        await Expect(card).ToContainTextAsync("15:00 – 16:00");
        await Deliver(agenda.Address, "Cancelled", "CANCEL", 2, "20310602T130000Z", "20310602T140000Z", "STATUS:CANCELLED");
        await Wait.Until(async () => (string?)(await agenda.Find("Market hall"))?["status"] == "cancelled", "the event to be cancelled");
        await Read(page, "Cancelled");
        await Expect(card).ToContainTextAsync("Oscar Outside cancelled this event");
        await Expect(Answer(card, "Yes")).ToHaveCountAsync(0);
        await card.GetByRole(AriaRole.Button, new() { Name = "Remove from calendar" }).ClickAsync();
        await Wait.Until(async () => await agenda.Find("Market hall") is null, "the event to be out of the calendar");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_proposed_time_stands_beside_the_present_one_and_is_accepted_with_a_click()
    {
        var (person, agenda) = await With($"week/{Monday}");
        await using var _ = person;
        using var __ = agenda;
        await agenda.Add($$$"""
            {"@type":"Event","uid":"hall@elsewhere.example","title":"Market hall","start":"2031-06-02T09:00:00","duration":"PT1H","timeZone":"Europe/Paris","organizerCalendarAddress":"mailto:{{{agenda.Address}}}",
             "participants":{"me":{"@type":"Participant","calendarAddress":"mailto:{{{agenda.Address}}}","roles":{"owner":true,"attendee":true},"participationStatus":"accepted"},
              "o":{"@type":"Participant","name":"Oscar Outside","calendarAddress":"mailto:{{{Outside}}}","roles":{"attendee":true},"participationStatus":"needs-action","expectReply":true}}
            }
            """);
        var page = person.Page;
        await Deliver(agenda.Address, "Another time", "COUNTER", 0, "20310603T120000Z", "20310603T130000Z", isOwn: true);
        await Read(page, "Another time");
        var card = Invitation(page);
        await Expect(card).ToContainTextAsync("Oscar Outside proposes another time");
        await Expect(card).ToContainTextAsync(new Regex("Now\\s*Monday,? 2 June 2031, 09:00 – 10:00"));
        await Expect(card).ToContainTextAsync(new Regex("Proposed\\s*Tuesday,? 3 June 2031, 14:00 – 15:00"));
        await ShouldBeAccessible(page, card);
        await card.GetByRole(AriaRole.Button, new() { Name = "Accept the proposal" }).ClickAsync();
        await Expect(card).ToContainTextAsync("You accepted the time that Oscar Outside proposed");
        await Wait.Until(async () => (await agenda.Occurrences("2031-06-01", "2031-06-08")).Single().Contains("2031-06-03", StringComparison.Ordinal), "the event to be moved");

        await Deliver(agenda.Address, "Answer", "REPLY", 0, "20310603T120000Z", "20310603T130000Z", "COMMENT:On the train", isOwn: true, status: "DECLINED");
        await Wait.Until(async () => (string?)Person(await agenda.Find("Market hall"), Outside)?["participationStatus"] == "declined", "the answer to be taken");
        await Read(page, "Answer");
        await Expect(card).ToContainTextAsync("Who Comes does not come");
        await Expect(card).ToContainTextAsync("On the train");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_proposal_is_declined_with_a_click_and_who_made_it_reads_so()
    {
        var (host, mine) = await With($"week/{Monday}");
        await using var _ = host;
        using var __ = mine;
        var (guest, theirs) = await With($"week/{Monday}", width: 390, locale: "fr-FR", scheme: ColorScheme.Dark);
        await using var ___ = guest;
        using var ____ = theirs;
        await Invite(mine, theirs, "Market hall");
        await Wait.Until(async () => await theirs.Find("Market hall") is not null, "the invitation to come");
        await theirs.Call("CalendarEvent/propose", new JsonObject { ["id"] = (string)(await theirs.Find("Market hall"))!["id"]!, ["start"] = "2031-06-03T14:00:00" });

        var page = host.Page;
        await page.GotoAsync("/mail/inbox");
        await page.GetByText("Autre horaire proposé / Other time proposed: Market hall").First.ClickAsync();
        var card = Invitation(page);
        await Expect(card).ToContainTextAsync("proposes another time");
        await Answer(card, "Decline").ClickAsync();
        await Expect(card).ToContainTextAsync("is told that the time stays");
        ((string?)(await mine.Find("Market hall"))!["start"]).ShouldBe("2031-06-02T09:00:00");

        await guest.Page.GotoAsync("/mail/inbox");
        await guest.Page.GetByText("Proposition déclinée / Proposal declined: Market hall").First.ClickAsync();
        var told = guest.Page.GetByRole(AriaRole.Region, new() { Name = "Invitation : Market hall" });
        await Expect(told).ToContainTextAsync("Geraldine Guest a décliné l’horaire que vous proposiez");
        await Expect(told).ToContainTextAsync("lundi 2 juin 2031");
        await ShouldBeAccessible(guest.Page, told);
        host.Faults.ShouldBeEmpty();
        guest.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_guest_reads_what_who_invites_decides_and_changes_what_is_their_own()
    {
        var (guest, mine) = await With($"week/{Monday}");
        await using var _ = guest;
        using var __ = mine;
        using var host = await Agenda.Of(Place.Server.Url, await AddPerson(), Password);
        await Invite(host, mine, "Market hall");
        await Wait.Until(async () => await mine.Find("Market hall") is not null, "the invitation to come");
        var page = guest.Page;
        await page.GotoAsync($"/calendar/day/{Monday}/{(string)(await mine.Find("Market hall"))!["id"]!}/edit");
        var notice = page.GetByRole(AriaRole.Region, new() { Name = "You are invited" });
        await Expect(notice).ToContainTextAsync($"{host.Address} invites to this event and decides what it is, when and where.");
        foreach (var field in (string[])["Title", "Location", "Description"]) await Expect(page.GetByLabel(field, new() { Exact = true })).ToBeDisabledAsync();
        await Expect(page.GetByLabel("Show me as")).ToBeEnabledAsync();
        await ShouldBeAccessible(page, page.GetByRole(AriaRole.Form));
        await Answer(notice, "Yes").ClickAsync();
        await Wait.Until(async () => (string?)Person(await host.Find("Market hall"), mine.Address)?["participationStatus"] == "accepted", "the answer to reach who invites");
        await Answer(notice, "Propose another time").ClickAsync();
        await notice.GetByLabel("Begins").FillAsync("11:00");
        await notice.GetByLabel("Begins").PressAsync("Enter");
        await Expect(notice).ToContainTextAsync(new Regex("You proposed Monday,? 2 June 2031, 11:00 – 12:00"));
        await page.GetByLabel("Show me as").SelectOptionAsync("free");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Wait.Until(async () => (string?)(await mine.Find("Market hall"))?["freeBusyStatus"] == "free", "what is one's own to be saved");
        guest.Faults.ShouldBeEmpty();
    }

    static Task<JsonObject> Invite(Agenda host, Agenda guest, string title) => host.Call("CalendarEvent/set", new JsonObject
    {
        ["sendSchedulingMessages"] = true,
        ["create"] = new JsonObject
        {
            ["new"] = JsonNode.Parse($$$"""
                {"@type":"Event","calendarIds":{"{{{host.Calendar}}}":true},"title":"{{{title}}}","start":"{{{Monday}}}T09:00:00","duration":"PT1H","timeZone":"Europe/Paris",
                 "participants":{"p":{"@type":"Participant","name":"Geraldine Guest","calendarAddress":"mailto:{{{guest.Address}}}","roles":{"attendee":true},"participationStatus":"needs-action","expectReply":true}}
                }
                """),
        },
    });

    [Fact]
    public async Task Who_is_invited_inside_answers_in_the_calendar_and_is_told_when_it_is_moved_and_cancelled()
    {
        var (host, mine) = await With($"week/{Monday}");
        await using var _ = host;
        using var __ = mine;
        var (guest, theirs) = await With($"week/{Monday}");
        await using var ___ = guest;
        using var ____ = theirs;
        var page = host.Page;
        await page.GotoAsync($"/calendar/day/{Monday}/new/edit");
        await page.GetByLabel("Title").FillAsync("Together");
        await page.Locator("input[aria-label='Add participants']").FillAsync(theirs.Address);
        await page.Locator("input[aria-label='Add participants']").PressAsync("Enter");
        await Expect(page.GetByText($"Saving sends an invitation to {theirs.Address}.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Event(guest.Page, "Together").ClickAsync();
        var card = Card(guest.Page, "Together");
        await Answer(card, "Yes").ClickAsync();
        await Expect(Answer(card, "Yes")).ToHaveAttributeAsync("aria-pressed", "true");
        await Wait.Until(async () => (string?)Person(await mine.Find("Together"), theirs.Address)?["participationStatus"] == "accepted", "the answer to reach who invites");
        await guest.Page.Keyboard.PressAsync("Escape");

        await page.GotoAsync($"/calendar/week/{Monday}");
        await Event(page, "Together").ClickAsync();
        await Expect(Card(page, "Together")).ToContainTextAsync("accepted");
        await page.Keyboard.PressAsync("Escape");
        await Drag(page, await Hour(page, Monday, 9.5), await Hour(page, "2031-06-04", 11.5));
        var asked = page.GetByRole(AriaRole.Dialog, new() { Name = "Move this meeting?" });
        await Expect(asked).ToContainTextAsync("will be told of the new time");
        await asked.GetByRole(AriaRole.Button, new() { Name = "Move and tell" }).ClickAsync();
        await Expect(At(page, "Together", "Wednesday 4 June 2031, 11:00 – 12:00")).ToBeVisibleAsync();
        await Expect(At(guest.Page, "Together", "Wednesday 4 June 2031, 11:00 – 12:00")).ToBeVisibleAsync();

        await Event(page, "Together").ClickAsync();
        await Card(page, "Together").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Cancel this meeting?" }).GetByRole(AriaRole.Button, new() { Name = "Cancel the meeting" }).ClickAsync();
        await Wait.Until(async () => (string?)(await theirs.Find("Together"))?["status"] == "cancelled", "it to be cancelled for who was invited");
        host.Faults.ShouldBeEmpty();
        guest.Faults.ShouldBeEmpty();
    }
}
