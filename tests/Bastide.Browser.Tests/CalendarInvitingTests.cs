using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>Inviting people from the form of an event: who is free is seen, and a time that is free for all is found.</summary>
public sealed partial class CalendarInvitingTests(Workplace workplace) : CalendarPages(workplace), IClassFixture<Workplace>
{
    static ILocator People(IPage page) => page.Locator("input[aria-label='Add participants'], input[aria-label='Ajouter des participants']");

    static ILocator Band(IPage page) => page.GetByRole(AriaRole.Slider, new() { NameRegex = new("^(Proposed time|Créneau proposé)$") });

    static Task ShouldBeProposed(IPage page, string time) => Expect(Band(page)).ToHaveAttributeAsync("aria-valuetext", new Regex($"^{time.Replace("day ", "day,? ", StringComparison.Ordinal)}"));

    [GeneratedRegex("Free: You and .+\\. Not known: outside@elsewhere\\.example\\.$")]
    private static partial Regex AllFree();

    [Fact]
    public async Task A_time_that_is_free_for_all_is_found_while_inviting()
    {
        var (person, mine) = await With($"week/{Monday}", events: """{"@type":"Event","title":"Own","start":"2031-06-02T09:00:00","duration":"PT1H","timeZone":"Europe/Paris"}""");
        await using var _ = person;
        using var __ = mine;
        var address = await AddPerson();
        using var theirs = await Agenda.Of(Place.Server.Url, address, Password);
        await theirs.Add("""{"@type":"Event","title":"Theirs","start":"2031-06-02T10:00:00","duration":"PT90M","timeZone":"Europe/Paris"}""");
        var page = person.Page;
        await page.GotoAsync($"/calendar/day/{Monday}/new/edit");
        await page.GetByLabel("Title").FillAsync("Together");
        await People(page).FillAsync($"{address}, outside@elsewhere.example");
        await People(page).PressAsync("Enter");
        var them = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = address }).First;
        await Expect(them).ToContainTextAsync("Free");
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "outside@elsewhere.example" }).First).ToContainTextAsync("Not known");
        await ShouldBeProposed(page, "Monday 2 June 2031, 09:00 – 10:00\\. Busy: You");

        await Band(page).PressAsync("ArrowRight");
        await ShouldBeProposed(page, "Monday 2 June 2031, 09:15 – 10:15\\. Busy: You and");
        await Expect(them).ToContainTextAsync("Busy");
        await ShouldBeAccessible(page, null, "region");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next time free for all" }).ClickAsync();
        await ShouldBeProposed(page, "Monday 2 June 2031, 11:30 – 12:30");
        await Expect(Band(page)).ToHaveAttributeAsync("aria-valuetext", AllFree());
        await Expect(page.Locator("input[aria-label='Start time']")).ToHaveValueAsync("11:30");

        var line = (await page.Locator($"[data-times='{Monday}']").BoundingBoxAsync())!;
        var band = (await Band(page).BoundingBoxAsync())!;
        var (x, y) = (band.X + (band.Width / 2), band.Y + 8);
        await Drag(page, (x, y), (x + (line.Width * 2 / 24), y));
        await ShouldBeProposed(page, "Monday 2 June 2031, 13:30 – 14:30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove outside@elsewhere.example" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Wait.Until(async () => (string?)(await mine.Find("Together"))?["start"] == "2031-06-02T13:30:00", "the event to be made when it was dragged to");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_is_in_nobodys_way_when_it_is_itself_moved_and_the_screen_of_a_phone_suffices()
    {
        var (person, mine) = await With($"day/{Monday}", width: 390, locale: "fr-FR", scheme: ColorScheme.Dark);
        await using var _ = person;
        using var __ = mine;
        var address = await AddPerson();
        var id = await mine.Add($$$"""
            {"@type":"Event","uid":"shared","title":"Shared","start":"2031-06-02T09:00:00","duration":"PT1H","timeZone":"Europe/Paris",
             "participants":{"p":{"@type":"Participant","calendarAddress":"mailto:{{{address}}}","roles":{"attendee":true},"participationStatus":"accepted"}}
            }
            """);
        var page = person.Page;
        await page.GotoAsync($"/calendar/day/{Monday}/{id}/edit");
        await Expect(Band(page)).ToHaveAttributeAsync("aria-valuetext", new Regex("Libre : Vous et "));
        await ShouldBeAccessible(page, null, "region");
        await Band(page).PressAsync("PageDown");
        await Expect(Band(page)).ToHaveAttributeAsync("aria-valuetext", new Regex("^mardi 3 juin 2031"));
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_room_is_booked_with_the_event_answers_by_itself_and_is_busy_for_the_next()
    {
        using var admin = new HttpClient { BaseAddress = Place.Server.Url };
        admin.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"chloe@demo.localhost:{Workplace.Password}")));
        using var made = await admin.PostAsJsonAsync("admin/api/teams", new { address = "vauban@demo.localhost", name = "Room Vauban" }, Cancellation);
        made.EnsureSuccessStatusCode();
        using var told = await admin.PutAsJsonAsync("admin/api/teams/vauban@demo.localhost/resource", new { kind = "room", booking = "first", capacity = 12, place = "First floor" }, Cancellation);
        told.EnsureSuccessStatusCode();
        var (person, mine) = await With($"week/{Monday}");
        await using var _ = person;
        using var __ = mine;
        var page = person.Page;
        var rooms = page.GetByRole(AriaRole.Button, new() { Name = "Book a room or a thing" });
        var room = page.GetByRole(AriaRole.Menuitem).Filter(new() { HasText = "Room Vauban" });
        await page.GotoAsync($"/calendar/day/{Monday}/new/edit");
        await page.GetByLabel("Title").FillAsync("In a room");
        await rooms.ClickAsync();
        await Expect(room).ToContainTextAsync("First floor (12)");
        await Expect(room).ToContainTextAsync("Free");
        await ShouldBeAccessible(page, null, "region");
        await room.ClickAsync();
        await Expect(page.GetByLabel("Location")).ToHaveValueAsync("Room Vauban");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Event(page, "In a room")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-new]")).ToHaveCountAsync(0);
        await Event(page, "In a room").ClickAsync();
        await Expect(Card(page, "In a room").GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Room Vauban" })).ToContainTextAsync("accepted");

        await page.GotoAsync($"/calendar/day/{Monday}/new/edit");
        await rooms.ClickAsync();
        await Expect(room).ToContainTextAsync("Busy");
        person.Faults.ShouldBeEmpty();
    }
}
