using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>Booking pages: somebody makes one, a guest who has no account books on it, moves and cancels, and both see it.</summary>
public sealed partial class BookingTests(Workplace workplace) : CalendarPages(workplace), IClassFixture<Workplace>
{
    [GeneratedRegex(@"/book/manage/[\w-]{27}")]
    private static partial Regex ManageLink();

    /// <summary>A page that offers every day of the week, made by another client; answers its path.</summary>
    static async Task<string> MakePage(Agenda agenda, Action<JsonObject>? change = null)
    {
        var page = new JsonObject
        {
            ["title"] = "Half an hour with me",
            ["description"] = "We talk about what you bring.\nBy telephone, if you like.",
            ["location"] = "Room Vauban",
            ["timeZone"] = "Europe/Paris",
            ["notice"] = 0,
            ["hours"] = new JsonArray([.. new[] { "mo", "tu", "we", "th", "fr", "sa", "su" }.Select(day => new JsonObject { ["day"] = day, ["from"] = "09:00", ["to"] = "12:00" })]),
        };
        change?.Invoke(page);
        var answer = await agenda.Call("BookingPage/set", new JsonObject { ["create"] = new JsonObject { ["b"] = page } });
        return new Uri((string)(answer["created"]?["b"]?["url"] ?? throw new InvalidOperationException(answer.ToJsonString()))!).AbsolutePath;
    }

    async Task<Person> Visitor(string locale = "en-GB", ColorScheme scheme = ColorScheme.Light, int width = 1280, string zone = "America/New_York")
    {
        var context = await Place.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = locale,
            TimezoneId = zone,
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            BaseURL = Place.Server.Url.ToString(),
        });
        return new Person(context, await context.NewPageAsync(), Place.Server.Url);
    }

    static ILocator Times(IPage page) => page.GetByRole(AriaRole.List, new() { NameRegex = new("^(Times on|Horaires du) ") }).GetByRole(AriaRole.Button);

    /// <summary>Goes to the next month, where every day is free.</summary>
    static async Task NextMonth(IPage page)
    {
        await Expect(Times(page).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Later month|Mois suivant)$") }).ClickAsync();
    }

    [Fact]
    public async Task A_page_is_made_booked_by_a_guest_seen_by_both_moved_and_cancelled_by_the_link()
    {
        var (alice, agenda) = await With("agenda/2031-06-02");
        await using var _ = alice;
        using var __ = agenda;
        var bob = await AddPerson();
        var own = alice.Page;
        await own.GetByRole(AriaRole.Button, new() { Name = "New booking page" }).ClickAsync();
        var form = own.GetByRole(AriaRole.Dialog, new() { Name = "New booking page" });
        await form.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Expect(form.GetByText("Give it a name.")).ToBeVisibleAsync();
        await form.GetByLabel("What is booked").FillAsync("Coffee");
        await form.GetByLabel("Place").FillAsync("Room Vauban");
        foreach (var day in (string[])["Saturday", "Sunday"]) await form.GetByRole(AriaRole.Switch, new() { Name = day }).CheckAsync(new() { Force = true });
        await form.GetByRole(AriaRole.Button, new() { Name = "Add a question" }).ClickAsync();
        await form.GetByLabel("Question 1", new() { Exact = true }).FillAsync("What about?");
        await form.GetByLabel("Must be answered").CheckAsync();
        await ShouldBeAccessible(own, form);
        await form.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        var link = own.GetByLabel("Link");
        await Expect(link).ToHaveValueAsync(new Regex("/book/[\\w-]{27}$"));
        var path = new Uri(await link.InputValueAsync()).AbsolutePath;
        await own.Keyboard.PressAsync("Escape");
        await Expect(own.GetByRole(AriaRole.Region, new() { Name = "Booking pages" }).GetByRole(AriaRole.Button, new() { Name = "Coffee", Exact = true })).ToBeVisibleAsync();

        await using var visitor = await Visitor();
        var page = visitor.Page;
        await page.GotoAsync(path);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Coffee" })).ToBeVisibleAsync();
        await NextMonth(page);
        // Nine in Paris, on the guest's clock.
        await Expect(Times(page).First).ToHaveTextAsync(new Regex("^0[34]:00$"));
        await Times(page).Nth(1).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Book" }).ClickAsync();
        await Expect(page.GetByText("Give your name, without links.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Your name")).ToBeFocusedAsync();
        await page.GetByLabel("Your name").FillAsync("Bob the Guest");
        await page.GetByLabel("Your e-mail address").FillAsync(bob);
        await page.GetByLabel("What about?").FillAsync("The <b>garden</b>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Book" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your appointment is booked" })).ToBeVisibleAsync();
        page.Url.ShouldMatch(ManageLink().ToString());
        await ShouldBeAccessible(page);

        await Wait.Until(async () => await agenda.Find("Coffee (Bob the Guest)") is not null, "the event to be in the owner's calendar");
        var made = (await agenda.Find("Coffee (Bob the Guest)"))!;
        ((string)made["description"]!).ShouldContain("The <b>garden</b>");
        await own.GotoAsync($"/calendar/day/{((string)made["start"]!)[..10]}");
        await Expect(Event(own, "Coffee (Bob the Guest)").First).ToBeVisibleAsync();

        // The guest's mail, in a browser in which the guest is signed in.
        await using var guest = await Visitor(zone: "Europe/Paris");
        await guest.Page.GotoAsync("/");
        await EnterPassword(guest, bob);
        await ShouldShowInbox(guest.Page);
        await guest.Page.GetByText("Appointment confirmed: Coffee").First.ClickAsync();
        await Expect(guest.Page.GetByText("Move or cancel it:", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(guest.Page.GetByText(ManageLink()).First).ToBeVisibleAsync();

        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move it" }).ClickAsync();
        await NextMonth(page);
        await Times(page).Nth(3).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your appointment has a new time" })).ToBeVisibleAsync();
        ((string)(await agenda.Find("Coffee (Bob the Guest)"))!["start"]!).ShouldNotBe((string)made["start"]!);
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Add to my calendar" }).ClickAsync());
        (await File.ReadAllTextAsync(await file.PathAsync(), Cancellation)).ShouldContain("BEGIN:VEVENT");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the appointment" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "This appointment is cancelled" })).ToBeVisibleAsync();
        await Wait.Until(async () => await agenda.Find("Coffee (Bob the Guest)") is null, "the event to be gone from the owner's calendar");
        await Expect(guest.Page.GetByText("Appointment cancelled: Coffee").First).ToBeVisibleAsync();
        visitor.Faults.ShouldBeEmpty();
        alice.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en-GB", ColorScheme.Light, 1280)]
    [InlineData("fr-FR", ColorScheme.Dark, 1280)]
    [InlineData("fr-FR", ColorScheme.Light, 390)]
    [InlineData("en-GB", ColorScheme.Dark, 390)]
    public async Task The_page_is_for_everybody(string locale, ColorScheme scheme, int width)
    {
        using var agenda = await Agenda.Of(Place.Server.Url, await AddPerson(), Password);
        var path = await MakePage(agenda, page => page["questions"] = new JsonArray(new JsonObject { ["label"] = "Why?", ["isLong"] = true }));
        await using var visitor = await Visitor(locale, scheme, width, "Asia/Kolkata");
        var page = visitor.Page;
        await page.GotoAsync(path);
        await NextMonth(page);
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new(", 6 (times|horaires)$") }).Nth(3)).ToBeVisibleAsync();
        await ShouldBeAccessible(page);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new(", 6 (times|horaires)$") }).Nth(3).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Times(page).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Book|Réserver)$") }).ClickAsync();
        await ShouldBeAccessible(page);
        await page.GetByLabel(new Regex("^(Your name|Votre nom)")).FillAsync("Gaston");
        await page.GetByLabel(new Regex("^(Your e-mail address|Votre adresse e-mail)")).FillAsync("gaston@elsewhere.example");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^(Your appointment is booked|Votre rendez-vous est réservé)$") })).ToBeVisibleAsync();
        await ShouldBeAccessible(page);
        visitor.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_comes_second_is_told_and_shown_what_is_left()
    {
        using var agenda = await Agenda.Of(Place.Server.Url, await AddPerson(), Password);
        var path = await MakePage(agenda);
        await using var first = await Visitor();
        await using var second = await Visitor();
        foreach (var page in (IPage[])[first.Page, second.Page])
        {
            await page.GotoAsync(path);
            await NextMonth(page);
            await Times(page).Nth(2).ClickAsync();
            await page.GetByLabel("Your name").FillAsync("Guest");
            await page.GetByLabel("Your e-mail address").FillAsync("guest@elsewhere.example");
        }

        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Book" }).ClickAsync();
        await Expect(first.Page.GetByRole(AriaRole.Heading, new() { Name = "Your appointment is booked" })).ToBeVisibleAsync();
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Book" }).ClickAsync();
        await Expect(second.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Somebody else has just taken this time. Choose another one.");
        await Expect(Times(second.Page)).ToHaveCountAsync(5);
        // The day and what was written are still there.
        await Times(second.Page).First.ClickAsync();
        await Expect(second.Page.GetByLabel("Your name")).ToHaveValueAsync("Guest");
        FaultsBeyond(second, 409).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_says_so_in_the_guests_language()
    {
        await using var visitor = await Visitor("fr-FR", ColorScheme.Dark, 390);
        var answer = await visitor.Page.GotoAsync($"/book/{new string('x', 27)}");
        answer!.Status.ShouldBe((int)HttpStatusCode.NotFound);
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Il n’y a rien à réserver ici" })).ToBeVisibleAsync();
        await ShouldBeAccessible(visitor.Page);
        FaultsBeyond(visitor, 404).ShouldBeEmpty();
        using var agenda = await Agenda.Of(Place.Server.Url, await AddPerson(), Password);
        (await visitor.Page.GotoAsync(await MakePage(agenda)))!.Status.ShouldBe((int)HttpStatusCode.OK);
        (await visitor.Page.GotoAsync(await MakePage(agenda, page => page["isEnabled"] = false)))!.Status.ShouldBe((int)HttpStatusCode.NotFound);
    }
}
