using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>Making, changing and deleting events: what the page writes is what was meant, and undo takes exactly that back.</summary>
public sealed class CalendarEditingTests(Workplace workplace) : CalendarPages(workplace), IClassFixture<Workplace>
{
    static readonly string[] OfServer = ["updated", "sequence"];

    static string Content(JsonObject one)
    {
        var copy = (JsonObject)one.DeepClone();
        foreach (var name in OfServer) copy.Remove(name);
        return copy.ToJsonString();
    }

    [Fact]
    public async Task A_line_as_one_says_it_becomes_the_event_that_was_shown()
    {
        var (person, agenda) = await With($"week/{Monday}", locale: "fr-FR");
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await page.Keyboard.PressAsync("n");
        await Expect(page.Locator("input[data-autofocus]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Déjeuner avec Ana le 4 juin 2031 de 12h30 à 14h à La Coupole");
        var understood = page.GetByLabel("Ce qui est compris");
        await Expect(understood).ToContainTextAsync("mercredi 4 juin 2031, 12:30 – 14:00");
        await Expect(understood).ToContainTextAsync("La Coupole");
        await page.Keyboard.PressAsync("Enter");
        await Expect(At(page, "Déjeuner avec Ana", "mercredi 4 juin 2031, 12:30 – 14:00, La Coupole")).ToBeVisibleAsync();
        await Wait.Until(async () => await agenda.Find("Déjeuner avec Ana") is not null, "the event to be made");
        var made = (await agenda.Find("Déjeuner avec Ana"))!;
        ((string?)made["start"], (string?)made["duration"], (string?)made["timeZone"]).ShouldBe(("2031-06-04T12:30:00", "PT1H30M", "Europe/Paris"));
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Dragging_over_hours_makes_an_event_dragging_it_moves_it_and_its_edge_makes_it_longer()
    {
        var (person, agenda) = await With($"week/{Monday}");
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await Drag(page, await Hour(page, "2031-06-03", 10), await Hour(page, "2031-06-03", 11.5));
        await page.GetByRole(AriaRole.Dialog, new() { Name = "New event" }).GetByLabel("Title").FillAsync("Workshop");
        await page.Keyboard.PressAsync("Enter");
        await Expect(At(page, "Workshop", "Tuesday 3 June 2031, 10:00 – 11:30")).ToBeVisibleAsync();
        await Wait.Until(async () => (string?)(await agenda.Find("Workshop"))?["duration"] == "PT1H30M", "the event to be made");
        await Expect(page.Locator("[data-new]")).ToHaveCountAsync(0);

        await Drag(page, await Hour(page, "2031-06-03", 10.5), await Hour(page, "2031-06-05", 13.5));
        await Expect(At(page, "Workshop", "Thursday 5 June 2031, 13:00 – 14:30")).ToBeVisibleAsync();
        await Wait.Until(async () => (string?)(await agenda.Find("Workshop"))?["start"] == "2031-06-05T13:00:00", "the event to be moved");

        var (x, y) = await Hour(page, "2031-06-05", 14.5);
        await Drag(page, (x, y - 3), await Hour(page, "2031-06-05", 16));
        await Expect(At(page, "Workshop", "Thursday 5 June 2031, 13:00 – 16:00")).ToBeVisibleAsync();
        await Wait.Until(async () => (string?)(await agenda.Find("Workshop"))?["duration"] == "PT3H", "the event to be longer");
        await page.Keyboard.PressAsync("z");
        await Expect(At(page, "Workshop", "Thursday 5 June 2031, 13:00 – 14:30")).ToBeVisibleAsync();
        await Wait.Until(async () => (string?)(await agenda.Find("Workshop"))?["duration"] == "PT1H30M", "the event to be as it was");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_others_change_while_the_form_is_open_stays_as_they_changed_it()
    {
        var (person, agenda) = await With($"day/{Monday}", events: """{"@type":"Event","title":"Shared","description":"first","start":"2031-06-02T09:00:00","duration":"PT1H","timeZone":"Europe/Paris"}""");
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await Event(page, "Shared").DblClickAsync();
        await page.GetByLabel("Location").FillAsync("Here");
        var id = (string)(await agenda.Find("Shared"))!["id"]!;
        // The page has learned of it when it has asked for the event again.
        await page.RunAndWaitForResponseAsync(
            () => agenda.Call("CalendarEvent/set", new JsonObject { ["update"] = new JsonObject { [id] = new JsonObject { ["description"] = "second" } } }),
            response => response.Request.PostData?.Contains($"\"{id}\"", StringComparison.Ordinal) == true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Wait.Until(async () => (await agenda.Find("Shared"))!["locations"] is not null, "the place to be written");
        ((string?)(await agenda.Find("Shared"))!["description"]).ShouldBe("second");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Opening_and_saving_writes_nothing_and_a_touch_writes_only_what_was_touched()
    {
        var (person, agenda) = await With($"day/{Monday}", events: """
            {"@type":"Event","uid":"kept","title":"Kept","start":"2031-06-02T09:00:00","duration":"PT90M","timeZone":"Europe/Paris","priority":5,
             "locations":{"l":{"@type":"Location","name":"Here","coordinates":"geo:47.2,-1.5"}},"keywords":{"x":true},
             "alerts":{"r":{"@type":"Alert","trigger":{"@type":"OffsetTrigger","offset":"-PT7M"},"action":"email"}},
             "example.org:own":{"as":"it is"}}
            """);
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        var before = (await agenda.Find("Kept"))!;
        await Event(page, "Kept").ClickAsync();
        await Expect(Card(page, "Kept")).ToContainTextAsync("7 minutes before");
        await page.Keyboard.PressAsync("e");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Event(page, "Kept")).ToBeVisibleAsync();
        (await agenda.Find("Kept"))!.ToJsonString().ShouldBe(before.ToJsonString());

        await Event(page, "Kept").DblClickAsync();
        await page.GetByLabel("Location").FillAsync("There");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("“Kept” saved")).ToBeVisibleAsync();
        await Wait.Until(async () => (string?)(await agenda.Find("Kept"))!["locations"]!["l"]!["name"] == "There", "the place to be written");
        var wanted = (JsonObject)before.DeepClone();
        wanted["locations"]!["l"]!["name"] = "There";
        Content((await agenda.Find("Kept"))!).ShouldBe(Content(wanted));
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Wait.Until(async () => Content((await agenda.Find("Kept"))!) == Content(before), "the event to be as it was");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_occurrence_is_moved_and_the_others_stay()
    {
        var (person, agenda) = await With($"week/{Monday}", events: Standup);
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await Expect(Event(page, "Stand-up")).ToBeVisibleAsync();
        await Drag(page, await Hour(page, Monday, 9.2), await Hour(page, "2031-06-03", 11.2));
        await Choose(page, "This event");
        await Expect(At(page, "Stand-up", "Tuesday 3 June 2031, 11:00")).ToBeVisibleAsync();
        await Wait.Until(async () => (await agenda.Occurrences("2031-05-26", "2031-06-14")).SequenceEqual(["2031-05-26T09:00:00 Stand-up", "2031-06-03T11:00:00 Stand-up", "2031-06-09T09:00:00 Stand-up"]), "one occurrence to be moved");
        await page.Keyboard.PressAsync("z");
        await Wait.Until(async () => (await agenda.Find("Stand-up"))!["recurrenceOverrides"] is null, "the occurrence to be where it was");
        await Expect(At(page, "Stand-up", "Monday 2 June 2031, 09:00")).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task This_and_following_are_changed_in_a_series_of_their_own_and_undo_makes_one_of_both()
    {
        var (person, agenda) = await With($"week/{Monday}", events: Standup);
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await Event(page, "Stand-up").DblClickAsync();
        await page.GetByLabel("Title").FillAsync("Short stand-up");
        await page.Locator("input[aria-label='Start time']").FillAsync("9h15");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Choose(page, "This and following");
        await Expect(At(page, "Short stand-up", "Monday 2 June 2031, 09:15 – 09:45")).ToBeVisibleAsync();
        string[] parted = ["2031-05-26T09:00:00 Stand-up", .. new[] { "06-02", "06-09", "06-16", "06-23", "06-30" }.Select(day => $"2031-{day}T09:15:00 Short stand-up")];
        await Wait.Until(async () => (await agenda.Occurrences("2031-05-01", "2031-12-31")).SequenceEqual(parted), "the series to be parted");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Wait.Until(async () => (await agenda.All()).Count == 1 && (await agenda.Occurrences("2031-05-01", "2031-12-31")).Count(one => one.EndsWith("T09:00:00 Stand-up", StringComparison.Ordinal)) == 6, "the series to be one again");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_are_changed_with_what_was_said_of_one()
    {
        var (person, agenda) = await With($"week/{Monday}", events: Standup);
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        var series = (string)(await agenda.Find("Stand-up"))!["id"]!;
        await agenda.Call("CalendarEvent/set", new JsonObject { ["destroy"] = new JsonArray($"{series}-20310616T090000") });
        await Drag(page, await Hour(page, Monday, 9.2), await Hour(page, "2031-06-04", 10.2));
        await Choose(page, "All events");
        await Expect(At(page, "Stand-up", "Wednesday 4 June 2031, 10:00")).ToBeVisibleAsync();
        string[] all = [.. new[] { "05-28", "06-04", "06-11", "06-25", "07-02" }.Select(day => $"2031-{day}T10:00:00 Stand-up")];
        await Wait.Until(async () => (await agenda.Occurrences("2031-05-01", "2031-12-31")).SequenceEqual(all), "every occurrence to be moved, and the one that was taken out to stay out");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_series_one_or_the_following_or_all_are_deleted_and_come_back()
    {
        var (person, agenda) = await With($"week/{Monday}", events: Standup);
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        foreach (var (scope, left) in new[] { ("This event", 5), ("This and following", 1), ("All events", 0) })
        {
            await Event(page, "Stand-up").ClickAsync();
            await Card(page, "Stand-up").GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
            await Choose(page, scope);
            await Expect(Event(page, "Stand-up")).ToHaveCountAsync(0);
            await Wait.Until(async () => (await agenda.Occurrences("2031-05-01", "2031-12-31")).Count == left, $"{left} to be left");
            await page.Keyboard.PressAsync("z");
            await Expect(Event(page, "Stand-up")).ToBeVisibleAsync();
            await Wait.Until(async () => (await agenda.Occurrences("2031-05-01", "2031-12-31")).Count == 6, "all to be there again");
        }

        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_series_is_made_in_the_form_and_says_in_a_sentence_what_it_is()
    {
        var (person, agenda) = await With($"week/{Monday}");
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await page.Keyboard.PressAsync("n");
        await Expect(page.Locator("input[data-autofocus]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Choir on 5 June 2031 6pm");
        await page.GetByRole(AriaRole.Button, new() { Name = "More options" }).ClickAsync();
        await Expect(page.GetByLabel("Title")).ToHaveValueAsync("Choir");
        await page.GetByLabel("Repeat", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Custom…" });
        await page.GetByLabel("Every", new() { Exact = true }).FillAsync("2");
        await page.GetByText("Tue", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Repeats until").SelectOptionAsync("count");
        await page.GetByLabel("Times").FillAsync("4");
        await Expect(page.GetByText("Every 2 weeks on Tuesday and Thursday, 4 times")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a reminder" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(At(page, "Choir", "Thursday 5 June 2031, 18:00")).ToBeVisibleAsync();
        await Wait.Until(async () => (await agenda.Occurrences("2031-06-01", "2031-12-31")).Select(one => one[..10]).SequenceEqual(["2031-06-05", "2031-06-17", "2031-06-19", "2031-07-01"]), "the series to be made");
        ((string?)(await agenda.Find("Choir"))!["alerts"]!.AsObject().Single().Value!["trigger"]!["offset"]).ShouldBe("-PT5M");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_added_without_a_network_is_given_back_and_added_once_the_network_is_there()
    {
        var (person, agenda) = await With($"week/{Monday}");
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        var line = page.Locator("input[data-autofocus]");
        await page.Context.SetOfflineAsync(true);
        await page.Keyboard.PressAsync("n");
        await Expect(line).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Choir on 5 June 2031 6pm");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("You are offline: nothing was changed.")).ToBeVisibleAsync();
        await Expect(At(page, "Choir", "Thursday 5 June 2031, 18:00")).ToHaveCountAsync(0);
        await Expect(line).ToHaveValueAsync("Choir on 5 June 2031 6pm");

        await page.Context.SetOfflineAsync(false);
        await line.PressAsync("Enter");
        await Expect(At(page, "Choir", "Thursday 5 June 2031, 18:00")).ToHaveCountAsync(1);
        await Wait.Until(async () => (await agenda.Occurrences("2031-06-01", "2031-12-31")).Select(one => one[..10]).SequenceEqual(["2031-06-05"]), "the event to be there once");
    }

    [Fact]
    public async Task The_demo_has_a_week_and_people_worth_looking_at()
    {
        await using var person = await Alice(width: 1440);
        var page = person.Page;
        await page.GotoAsync("/calendar/week");
        await Expect(page.Locator("[data-event]").Filter(new() { HasText = "Conseil municipal" }).Or(page.Locator("[data-event]").Filter(new() { HasText = "Réunion de service" })).First).ToBeVisibleAsync();
        // A week of two months comes in two parts.
        await Wait.Until(async () => await page.Locator("[data-event]").CountAsync() > 10, "the whole week to be there");
        await page.GotoAsync("/contacts/all");
        await Expect(page.Locator("[data-card]").Filter(new() { HasText = "Ångström" })).ToBeVisibleAsync();
        await Expect(page.GetByText("12 contacts")).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }
}
