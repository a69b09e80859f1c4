using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>A calendar is published from its menu, and read by somebody without an account until that ends.</summary>
public sealed class PublishingTests(Workplace workplace) : CalendarPages(workplace), IClassFixture<Workplace>
{
    static ILocator Way(IPage page, string name) => page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Region, new() { Name = name });

    static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    static async Task<string> Address(ILocator way)
    {
        var address = way.GetByText(new Regex(@"^https?://.*/s/[\w-]{27}$"));
        await Expect(address).ToBeVisibleAsync();
        return await address.InnerTextAsync();
    }

    async Task<HttpStatusCode> Read(string address)
    {
        using var nobody = new HttpClient();
        using var answer = await nobody.GetAsync(new Uri(Place.Server.Url, new Uri(address).PathAndQuery), Cancellation);
        return answer.StatusCode;
    }

    [Fact]
    public async Task A_calendar_is_published_renewed_and_published_no_more_and_says_who_sees_what()
    {
        var (person, agenda) = await With("week");
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Actions for ") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Publish…" }).ClickAsync();
        var busy = Way(page, "Busy times only");
        await Expect(busy).ToContainTextAsync("Others see when you are busy");
        await ShouldBeAccessible(page, page.GetByRole(AriaRole.Dialog));
        await Button(busy, "Publish: Busy times only").ClickAsync();
        var first = await Address(busy);
        (await Read(first)).ShouldBe(HttpStatusCode.OK);
        (await Read(first + ".ics")).ShouldBe(HttpStatusCode.OK);
        await ShouldBeAccessible(page, page.GetByRole(AriaRole.Dialog));

        await Button(busy, "New address").ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Give it a new address?" }).GetByRole(AriaRole.Button, new() { Name = "New address" }).ClickAsync();
        await Expect(busy.GetByText(first, new() { Exact = true })).ToHaveCountAsync(0);
        var second = await Address(busy);
        (await Read(first)).ShouldBe(HttpStatusCode.NotFound);
        (await Read(second)).ShouldBe(HttpStatusCode.OK);

        await Button(busy, "Stop publishing").ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Stop publishing?" }).GetByRole(AriaRole.Button, new() { Name = "Stop publishing" }).ClickAsync();
        await Expect(Button(busy, "Publish: Busy times only")).ToBeVisibleAsync();
        (await Read(second)).ShouldBe(HttpStatusCode.NotFound);
        person.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en-GB", ColorScheme.Light, 1280, "Subscribe")]
    [InlineData("fr-FR", ColorScheme.Dark, 390, "S’abonner")]
    public async Task Somebody_without_an_account_reads_the_coming_weeks(string locale, ColorScheme scheme, int width, string subscribe)
    {
        using var agenda = await Agenda.Of(Place.Server.Url, await AddPerson(), Password);
        var day = DateTime.UtcNow.AddDays(2);
        await agenda.Add($$"""
            {"@type":"Event","title":"Market hall","start":"{{day:yyyy-MM-dd}}T09:00:00","duration":"PT1H","timeZone":"Europe/Paris","locations":{"l":{"@type":"Location","name":"Room Vauban"} } }
            """);
        var made = await agenda.Call("CalendarLink/set", new() { ["create"] = new System.Text.Json.Nodes.JsonObject { ["l"] = new System.Text.Json.Nodes.JsonObject { ["calendarId"] = agenda.Calendar } } });
        var path = new Uri((string)made["created"]!["l"]!["url"]!).AbsolutePath.Replace(".ics", "", StringComparison.Ordinal);
        await using var reader = await Open(locale, scheme, width);
        var page = reader.Page;
        await page.GotoAsync(path);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Market hall" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Room Vauban")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = subscribe })).ToHaveAttributeAsync("href", new Regex(@"^webcal://.*\.ics$"));
        await ShouldBeAccessible(page);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^(Later|Après)$") }).ClickAsync();
        await Expect(page.GetByText("Market hall")).ToHaveCountAsync(0);
        reader.Faults.ShouldBeEmpty();
    }
}
