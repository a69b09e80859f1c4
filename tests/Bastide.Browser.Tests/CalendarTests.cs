using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>The calendar app in a real browser on the real server: what is shown, and where one goes from there.</summary>
public sealed class CalendarTests(Workplace workplace) : CalendarPages(workplace), IClassFixture<Workplace>
{
    const string Fair = """{"@type":"Event","uid":"fair","title":"Fair","start":"2031-06-03T00:00:00","duration":"P3D","showWithoutTime":true}""";

    const string Call = """
        {"@type":"Event","uid":"call","title":"Call","start":"2031-06-04T09:00:00","duration":"PT1H","timeZone":"America/New_York",
         "locations":{"l":{"@type":"Location","name":"Room Vauban"}},"description":"Bring the plans."}
        """;

    [Fact]
    public async Task Events_stand_where_ones_own_clock_has_them_and_open_in_a_card()
    {
        var (person, agenda) = await With($"week/{Monday}", events: [Standup, Fair, Call]);
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await Expect(At(page, "Stand-up", "Monday 2 June 2031, 09:00 – 09:30")).ToBeVisibleAsync();
        await Expect(At(page, "Fair", "3.{1,3}5 June 2031")).ToBeVisibleAsync();
        await At(page, "Call", "Wednesday 4 June 2031, 15:00 – 16:00").ClickAsync();
        await Expect(Card(page, "Call")).ToContainTextAsync("Room Vauban");
        await Expect(Card(page, "Call")).ToContainTextAsync("09:00 in New York");
        await Expect(Card(page, "Call")).ToContainTextAsync("Bring the plans.");
        var address = page.Url;
        await page.Keyboard.PressAsync("Escape");
        await Expect(Card(page, "Call")).ToHaveCountAsync(0);
        await page.GotoAsync(address);
        await Expect(Card(page, "Call")).ToContainTextAsync("Room Vauban");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_go_from_view_to_view_and_through_time_and_the_address_goes_along()
    {
        var (person, agenda) = await With($"week/{Monday}", events: [Standup]);
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await Expect(Event(page, "Stand-up")).ToBeVisibleAsync();
        foreach (var (key, place) in new[] { ("j", "week/2031-06-09"), ("k", "week/2031-06-02"), ("m", "month/2031-06-02"), ("ArrowRight", "month/2031-07-01"), ("ArrowLeft", "month/2031-06-01"), ("d", "day/2031-06-01"), ("a", "agenda/2031-06-01"), ("y", "year/2031-06-01"), ("w", "week/2031-06-01") })
        {
            await page.Keyboard.PressAsync(key);
            await page.WaitForURLAsync($"**/calendar/{place}");
        }

        await page.Keyboard.PressAsync("t");
        await page.WaitForURLAsync(url => !url.Contains("2031", StringComparison.Ordinal));
        await page.GoBackAsync();
        await page.WaitForURLAsync("**/calendar/week/2031-06-01");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^26 May . 1 June? 2031$"));
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_month_has_bars_over_days_and_what_does_not_fit_behind_a_number()
    {
        var many = Enumerable.Range(8, 9).Select(hour => $$"""{"@type":"Event","title":"Thing {{hour}}","start":"2031-06-18T{{hour:00}}:00:00","duration":"PT1H","timeZone":"Europe/Paris"}""");
        var (person, agenda) = await With("month/2031-06-01", events: [Fair, .. many]);
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await Expect(At(page, "Fair", "3.{1,3}5 June 2031")).ToBeVisibleAsync();
        var wide = (await Event(page, "Fair").BoundingBoxAsync())!.Width;
        wide.ShouldBeGreaterThan((await page.Locator("[data-day='2031-06-03']").BoundingBoxAsync())!.Width * 2.5f);
        await Expect(Event(page, "Thing 16")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("more on Wednesday,? 18 June 2031") }).ClickAsync();
        await Event(page, "Thing 16").ClickAsync();
        await Expect(Card(page, "Thing 16")).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_calendar_is_made_hidden_and_shown_and_the_server_keeps_it()
    {
        var (person, agenda) = await With($"week/{Monday}", events: [Standup]);
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await Expect(Event(page, "Stand-up")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New calendar in My calendars" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("Sport");
        await page.GetByRole(AriaRole.Button, new() { Name = "Violet" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        var pane = page.GetByRole(AriaRole.Navigation, new() { Name = "Calendars" });
        await Expect(pane.GetByRole(AriaRole.Checkbox, new() { Name = "Sport" })).ToBeCheckedAsync();
        var first = pane.GetByRole(AriaRole.Checkbox).First;
        await first.UncheckAsync();
        await Expect(Event(page, "Stand-up")).ToHaveCountAsync(0);
        await Wait.Until(async () => !(bool)(await agenda.Call("Calendar/get", new JsonObject { ["ids"] = new JsonArray(agenda.Calendar) }))["list"]![0]!["isVisible"]!, "the calendar to be hidden");
        await page.ReloadAsync();
        await Expect(pane.GetByRole(AriaRole.Checkbox).First).Not.ToBeCheckedAsync();
        await pane.GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await Expect(Event(page, "Stand-up")).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_holidays_of_a_country_are_a_calendar_to_read_and_one_from_the_web_says_why_it_is_empty()
    {
        var (person, agenda) = await With($"week/{Monday}");
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "New calendar in My calendars" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "New calendar" });
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Contents" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Holidays in France", Exact = true }).ClickAsync();
        await Expect(dialog.GetByLabel("Name")).ToHaveValueAsync("Holidays in France");
        await ShouldBeAccessible(page, dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        var pane = page.GetByRole(AriaRole.Navigation, new() { Name = "Calendars" });
        await Expect(pane.GetByRole(AriaRole.Checkbox, new() { Name = "Holidays in France" })).ToBeCheckedAsync();
        var year = DateTime.UtcNow.Year;
        await page.GotoAsync($"/calendar/month/{year + 1}-05-01");
        await Expect(page.GetByText("Victory in Europe Day").First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "New calendar in My calendars" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Contents" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "An address on the web" }).ClickAsync();
        await dialog.GetByLabel("Name").FillAsync("Club");
        await dialog.GetByLabel("Address").FillAsync("http://127.0.0.1:9/club.ics");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Expect(pane.GetByRole(AriaRole.Checkbox, new() { Name = "Club" })).ToBeCheckedAsync();
        await Wait.Until(async () => (await agenda.Call("Calendar/get", new JsonObject()))["list"]!.AsArray().Any(one => one!["sourceError"] is not null), "the address to be refused");
        await page.ReloadAsync();
        await pane.GetByRole(AriaRole.Button, new() { Name = "Actions for Club" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Name and colour…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("It could not be read: The address is not on the public internet.");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_another_client_adds_is_there_at_once_and_a_search_finds_it()
    {
        var (person, agenda) = await With("week");
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        var soon = DateTime.UtcNow.Date.AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await page.GotoAsync($"/calendar/day/{soon}");
        await agenda.Add($$"""{"@type":"Event","title":"Inventory of lamps","start":"{{soon}}T10:00:00","duration":"PT1H","timeZone":"Europe/Paris"}""");
        await Expect(Event(page, "Inventory")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("w");
        await page.Keyboard.PressAsync("t");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("lamps");
        await page.WaitForURLAsync("**?q=lamps");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Search results" }).Locator("[data-event]")).ToHaveCountAsync(1);
        await Event(page, "Inventory").ClickAsync();
        await Expect(Card(page, "Inventory of lamps")).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_somebody_shares_for_reading_is_seen_and_not_changed()
    {
        var (person, agenda) = await With($"week/{Monday}");
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        using var other = await Agenda.Of(Place.Server.Url, await AddPerson(), Password);
        await other.Add(Call);
        await other.Share(agenda);
        await page.ReloadAsync();
        await Event(page, "Call").ClickAsync();
        await Expect(Card(page, "Call")).ToContainTextAsync("You may look at this event, but not change it.");
        await Expect(Card(page, "Call").GetByRole(AriaRole.Button, new() { Name = "Edit" })).ToHaveCountAsync(0);
        page.Url.ShouldContain("account=" + other.Account);
        await page.Keyboard.PressAsync("Escape");
        await Drag(page, await Hour(page, "2031-06-04", 15.5), await Hour(page, "2031-06-05", 15.5));
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        ((string?)(await other.Find("Call"))!["start"]).ShouldBe("2031-06-04T09:00:00");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Clocks_of_other_places_stand_beside_ones_own()
    {
        var (person, agenda) = await With($"week/{Monday}", events: [Standup]);
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "More actions" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Time zones…" }).ClickAsync();
        await page.GetByPlaceholder("City or region").FillAsync("New York");
        await page.GetByRole(AriaRole.Option).First.ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTitle("America/New_York")).ToContainTextAsync("UTC−4");
        await page.ReloadAsync();
        await Expect(page.GetByTitle("America/New_York")).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440, "en-GB")]
    [InlineData(ColorScheme.Dark, 1440, "fr-FR")]
    [InlineData(ColorScheme.Light, 390, "fr-FR")]
    public async Task Every_view_the_card_and_the_form_have_no_accessibility_violation(ColorScheme scheme, int width, string locale)
    {
        var (person, agenda) = await With($"day/{Monday}", scheme, width, locale, Standup, Fair, Call);
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        // A narrow page has the views that there is room for.
        foreach (var view in width < 768 ? ["day", "month", "agenda"] : new[] { "day", "week", "month", "agenda", "year" })
        {
            await page.GotoAsync($"/calendar/{view}/{Monday}");
            if (view != "year") await Expect(Event(page, "Stand-up").First).ToBeVisibleAsync();
            else await Expect(page.Locator("h1")).ToHaveTextAsync("2031");
            await ShouldBeAccessible(page);
        }

        await page.GotoAsync($"/calendar/day/{Monday}");
        await Event(page, "Stand-up").ClickAsync();
        await Expect(Card(page, "Stand-up")).ToBeVisibleAsync();
        await Expect(Card(page, "Stand-up").GetByRole(AriaRole.Button, new() { NameRegex = new("^(Edit|Modifier)$") }).Last).ToBeVisibleAsync();
        await ShouldBeAccessible(page);
        await Card(page, "Stand-up").GetByRole(AriaRole.Button, new() { NameRegex = new("^(Edit|Modifier)$") }).Last.ClickAsync();
        await Expect(page.Locator("form")).ToBeVisibleAsync();
        await ShouldBeAccessible(page);
    }
}
