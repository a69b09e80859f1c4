using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>The home screen: what the day brings, what waits for an answer, what is unread.</summary>
public sealed class HomeTests(Workplace workplace) : CalendarPages(workplace), IClassFixture<Workplace>
{
    static ILocator Part(IPage page, string name) => page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    static async Task Open(IPage page, string home = "Home")
    {
        await page.GetByRole(AriaRole.Navigation).First.GetByRole(AriaRole.Link, new() { Name = home, Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/home**");
    }

    [Fact]
    public async Task The_day_shows_what_goes_on_and_what_is_unread_and_leads_there()
    {
        var now = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(DateTimeOffset.UtcNow, "Europe/Paris");
        // Around midnight it is of yesterday, or of tomorrow.
        var begin = now.TimeOfDay < TimeSpan.FromMinutes(30) ? now : now.AddMinutes(-20);
        var (person, agenda) = await With("week", events: $$$"""
            {"@type":"Event","title":"Going on","start":"{{{begin:yyyy-MM-ddTHH:mm}}}:00","duration":"PT3H","timeZone":"Europe/Paris",
             "locations":{"l":{"@type":"Location","name":"Room Vauban"}},"virtualLocations":{"v":{"@type":"VirtualLocation","uri":"https://meet.demo.localhost/room"}}
            }
            """);
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await Deliver(agenda.Address, "Unread so far");
        await Open(page);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(new Regex("^Good (morning|afternoon|evening), Geraldine$"));
        var today = Part(page, "Today");
        await Expect(today.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["Going on"]);
        await Expect(today.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["Now"]);
        await Expect(today.GetByRole(AriaRole.Link, new() { Name = "Join the video call of Going on" })).ToHaveAttributeAsync("href", "https://meet.demo.localhost/room");
        await Expect(Part(page, "Waiting for your answer")).ToContainTextAsync("No invitation waits for you.");
        await ShouldBeAccessible(page, null, "region");

        var unread = Part(page, "Unread");
        await unread.GetByRole(AriaRole.Link, new() { NameRegex = new("Unread so far") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Unread so far" })).ToBeVisibleAsync();
        await Open(page);
        await Expect(unread).ToContainTextAsync("Everything is read.");
        await Deliver(agenda.Address, "Just come");
        await Expect(unread.GetByRole(AriaRole.Link, new() { NameRegex = new("Just come") })).ToBeVisibleAsync();
        await today.GetByRole(AriaRole.Link, new() { NameRegex = new("Going on.*Now") }).ClickAsync();
        await Expect(Card(page, "Going on")).ToContainTextAsync("Room Vauban");
        await Open(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Write a message" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Message text" })).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_occurrence_of_an_answered_series_that_was_moved_waits_by_itself()
    {
        var (person, agenda) = await With("week");
        await using var _ = person;
        using var __ = agenda;
        using var host = await Agenda.Of(Place.Server.Url, await AddPerson(), Password);
        var first = DateTime.UtcNow.Date.AddDays(3);
        var made = await host.Call("CalendarEvent/set", new JsonObject
        {
            ["sendSchedulingMessages"] = true,
            ["create"] = new JsonObject
            {
                ["new"] = JsonNode.Parse($$$"""
                    {"@type":"Event","calendarIds":{"{{{host.Calendar}}}":true},"title":"Together","start":"{{{first:yyyy-MM-dd}}}T10:00:00","duration":"PT1H","timeZone":"Europe/Paris",
                     "recurrenceRule":{"@type":"RecurrenceRule","frequency":"weekly","count":4},
                     "participants":{"p":{"@type":"Participant","calendarAddress":"mailto:{{{agenda.Address}}}","roles":{"attendee":true},"participationStatus":"needs-action","expectReply":true}}
                    }
                    """),
            },
        });
        await Wait.Until(async () => await agenda.Find("Together") is not null, "the invitation to come");
        var copy = (await agenda.Find("Together"))!;
        var key = copy["participants"]!.AsObject().Single(entry => (string?)entry.Value!["calendarAddress"] == "mailto:" + agenda.Address).Key;
        await agenda.Call("CalendarEvent/set", new JsonObject
        {
            ["sendSchedulingMessages"] = true,
            ["update"] = new JsonObject { [(string)copy["id"]!] = new JsonObject { [$"participants/{key}/participationStatus"] = "accepted" } },
        });
        await Wait.Until(async () => (await host.Find("Together"))!["participants"]!.AsObject().Any(entry => (string?)entry.Value!["calendarAddress"] == "mailto:" + agenda.Address && (string?)entry.Value["participationStatus"] == "accepted"), "the answer to come");
        var moved = first.AddDays(7);
        await host.Call("CalendarEvent/set", new JsonObject
        {
            ["sendSchedulingMessages"] = true,
            ["update"] = new JsonObject { [(string)made["created"]!["new"]!["id"]!] = new JsonObject { ["recurrenceOverrides"] = new JsonObject { [$"{moved:yyyy-MM-dd}T10:00:00"] = new JsonObject { ["start"] = $"{moved:yyyy-MM-dd}T15:00:00" } } } },
        });
        var page = person.Page;
        await Open(page);
        var waiting = Part(page, "Waiting for your answer");
        await Expect(waiting.GetByRole(AriaRole.Listitem)).ToContainTextAsync([new Regex("Together.*15:00 – 16:00")]);
        await waiting.GetByRole(AriaRole.Button, new() { Name = "Yes", Exact = true }).ClickAsync();
        await Expect(waiting).ToContainTextAsync("No invitation waits for you.");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_invitation_waits_until_it_is_answered_on_the_spot()
    {
        var (person, agenda) = await With("week", width: 390, locale: "fr-FR", scheme: ColorScheme.Dark);
        await using var _ = person;
        using var __ = agenda;
        using var host = await Agenda.Of(Place.Server.Url, await AddPerson(), Password);
        var day = DateTime.UtcNow.AddDays(3);
        await host.Call("CalendarEvent/set", new JsonObject
        {
            ["sendSchedulingMessages"] = true,
            ["create"] = new JsonObject
            {
                ["new"] = JsonNode.Parse($$$"""
                    {"@type":"Event","calendarIds":{"{{{host.Calendar}}}":true},"title":"Ensemble","start":"{{{day:yyyy-MM-dd}}}T10:00:00","duration":"PT1H","timeZone":"Europe/Paris",
                     "participants":{"p":{"@type":"Participant","calendarAddress":"mailto:{{{agenda.Address}}}","roles":{"attendee":true},"participationStatus":"needs-action","expectReply":true}}
                    }
                    """),
            },
        });
        var page = person.Page;
        await Open(page, "Accueil");
        var waiting = Part(page, "En attente de votre réponse");
        await Expect(waiting).ToContainTextAsync("Ensemble");
        await Expect(waiting).ToContainTextAsync("10:00 – 11:00");
        await ShouldBeAccessible(page, null, "region");
        await waiting.GetByRole(AriaRole.Button, new() { Name = "Oui", Exact = true }).ClickAsync();
        await Expect(waiting).ToContainTextAsync("Aucune invitation ne vous attend.");
        await Wait.Until(async () => (await host.Find("Ensemble"))!["participants"]!.AsObject().Any(entry => (string?)entry.Value!["participationStatus"] == "accepted" && (string?)entry.Value["calendarAddress"] == "mailto:" + agenda.Address), "the answer to reach who invites");
        person.Faults.ShouldBeEmpty();
    }
}
