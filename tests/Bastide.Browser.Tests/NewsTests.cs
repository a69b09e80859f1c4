using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>The bell: what others did to one's events, until one puts it away.</summary>
public sealed class NewsTests(Workplace workplace) : CalendarPages(workplace), IClassFixture<Workplace>
{
    static ILocator Bell(IPage page) => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Notifications") });

    static ILocator News(IPage page) => page.GetByRole(AriaRole.Dialog, new() { Name = "Notifications" });

    static Task<JsonObject> Change(Agenda agenda, string what, JsonNode change) =>
        agenda.Call("CalendarEvent/set", new JsonObject { ["sendSchedulingMessages"] = true, [what] = change });

    /// <summary>An invitation to an hour of the Monday.</summary>
    static JsonObject Invitation(Agenda host, Agenda guest, string title) => JsonNode.Parse($$$"""
        {"@type":"Event","calendarIds":{"{{{host.Calendar}}}":true},"title":"{{{title}}}","start":"{{{Monday}}}T10:00:00","duration":"PT1H","timeZone":"Europe/Paris",
         "participants":{"p":{"@type":"Participant","calendarAddress":"mailto:{{{guest.Address}}}","roles":{"attendee":true},"participationStatus":"needs-action","expectReply":true}}
        }
        """)!.AsObject();

    static async Task<int> Kept(Agenda agenda) => (await agenda.Call("CalendarEventNotification/get", new JsonObject { ["ids"] = null }))["list"]!.AsArray().Count;

    [Fact]
    public async Task What_others_did_to_events_is_told_while_one_looks_and_leads_there_until_it_is_put_away()
    {
        var (person, mine) = await With($"week/{Monday}");
        await using var _ = person;
        using var __ = mine;
        using var host = await Agenda.Of(Place.Server.Url, await AddPerson(), Password);
        var page = person.Page;
        await Change(host, "create", new JsonObject { ["new"] = Invitation(host, mine, "Market hall") });
        await Expect(Bell(page)).ToHaveAccessibleNameAsync("Notifications, 1 new");
        await Bell(page).ClickAsync();
        var news = News(page);
        await Expect(news.GetByRole(AriaRole.Listitem)).ToContainTextAsync([new Regex("Geraldine Guest invites you.*Market hall.*Monday,? 2 June 2031, 10:00 – 11:00")]);
        await ShouldBeAccessible(page, news);
        await news.GetByRole(AriaRole.Button, new() { NameRegex = new("^Geraldine Guest invites you") }).ClickAsync();
        await Expect(Card(page, "Market hall")).ToBeVisibleAsync();
        await Expect(Bell(page)).ToHaveAccessibleNameAsync("Notifications");

        var id = (string)(await host.Find("Market hall"))!["id"]!;
        await Change(host, "update", new JsonObject { [id] = new JsonObject { ["start"] = "2031-06-04T15:00:00" } });
        await Expect(Bell(page)).ToHaveAccessibleNameAsync("Notifications, 1 new");
        await Change(host, "destroy", new JsonArray(id));
        await Expect(Bell(page)).ToHaveAccessibleNameAsync("Notifications, 2 new");
        await page.ReloadAsync();
        await Expect(Bell(page)).ToHaveAccessibleNameAsync("Notifications, 2 new");
        await Bell(page).ClickAsync();
        await Expect(news.GetByRole(AriaRole.Listitem)).ToContainTextAsync(
        [
            new Regex("Geraldine Guest cancelled the event"),
            new Regex("Geraldine Guest moved the event.*Wednesday,? 4 June 2031, 15:00 – 16:00"),
            new Regex("Geraldine Guest invites you"),
        ]);
        await news.GetByRole(AriaRole.Listitem).First.HoverAsync();
        await news.GetByRole(AriaRole.Button, new() { Name = "Dismiss: Geraldine Guest cancelled the event" }).ClickAsync();
        await Expect(news.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Wait.Until(async () => await Kept(mine) == 2, "the notification to be gone");
        await news.GetByRole(AriaRole.Button, new() { Name = "Clear all" }).ClickAsync();
        await Expect(news).ToContainTextAsync("Nothing new");
        await Wait.Until(async () => await Kept(mine) == 0, "all of them to be gone");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_invites_is_told_of_each_answer_and_older_ones_are_shown_when_asked_for()
    {
        var (person, mine) = await With($"week/{Monday}", ColorScheme.Dark, 390, "fr-FR");
        await using var _ = person;
        using var __ = mine;
        using var guest = await Agenda.Of(Place.Server.Url, await AddPerson(), Password);
        var page = person.Page;
        await Change(mine, "create", new JsonObject(Enumerable.Range(0, 22).Select(at => KeyValuePair.Create($"k{at}", (JsonNode?)Invitation(mine, guest, $"Réunion {at:00}")))));
        await Wait.Until(async () => (await guest.All()).Count == 22, "the invitations to come");
        var answers = new JsonObject();
        foreach (var one in await guest.All())
        {
            var key = one["participants"]!.AsObject().Single(entry => (string?)entry.Value!["calendarAddress"] == "mailto:" + guest.Address).Key;
            answers[(string)one["id"]!] = new JsonObject { [$"participants/{key}/participationStatus"] = "declined", [$"participants/{key}/participationComment"] = "Dans le train" };
        }

        await Change(guest, "update", answers);
        await Wait.Until(async () => await Kept(mine) == 22, "the answers to come");
        await Bell(page).ClickAsync();
        var news = News(page);
        await Expect(news.GetByText("Geraldine Guest a décliné")).ToHaveCountAsync(20);
        await Expect(news.GetByText("Dans le train").First).ToBeVisibleAsync();
        await ShouldBeAccessible(page, news);
        await news.GetByRole(AriaRole.Button, new() { Name = "Voir les plus anciennes" }).ClickAsync();
        await Expect(news.GetByText("Geraldine Guest a décliné")).ToHaveCountAsync(22);
        person.Faults.ShouldBeEmpty();
    }
}
