using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>What the tests of the calendar share: somebody new in Paris with their calendar open, and words for what is on it.</summary>
public abstract class CalendarPages(Workplace workplace) : ShellPages(workplace)
{
    /// <summary>A Monday far from today: what time it is changes nothing in it.</summary>
    protected const string Monday = "2031-06-02";

    /// <summary>The second of two Mondays, and of more to come.</summary>
    protected const string Standup = """
        {"@type":"Event","uid":"standup","title":"Stand-up","start":"2031-05-26T09:00:00","duration":"PT30M","timeZone":"Europe/Paris",
         "recurrenceRule":{"@type":"RecurrenceRule","frequency":"weekly","byDay":[{"@type":"NDay","day":"mo"}],"count":6}}
        """;

    /// <summary>Somebody new, in Paris, with a view open and events in it.</summary>
    private protected async Task<(Person Person, Agenda Agenda)> With(string place, ColorScheme scheme = ColorScheme.Light, int width = 1440, string locale = "en-GB", params string[] events)
    {
        var address = await AddPerson();
        var agenda = await Agenda.Of(Place.Server.Url, address, Password);
        foreach (var one in events) await agenda.Add(one);
        var context = await Place.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = locale,
            TimezoneId = "Europe/Paris",
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            BaseURL = Place.Server.Url.ToString(),
        });
        var person = new Person(context, await context.NewPageAsync(), Place.Server.Url);
        await person.Page.GotoAsync($"/calendar/{place}");
        await EnterPassword(person, address);
        await person.Page.WaitForURLAsync("**/calendar/**");
        await Expect(person.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(New event|Nouvel événement)$") })).ToBeVisibleAsync();
        return (person, agenda);
    }

    /// <summary>The events that show under a title.</summary>
    protected static ILocator Event(IPage page, string title) => page.Locator("[data-event]").Filter(new() { HasText = title });

    /// <summary>What is said of an occurrence: its title and when it is. Browsers of some age write a comma after the weekday.</summary>
    protected static ILocator At(IPage page, string title, string when) =>
        page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^{title}.*, {when.Replace("day ", "day,? ", StringComparison.Ordinal)}") });

    /// <summary>The card of the event that is open.</summary>
    protected static ILocator Card(IPage page, string title) => page.GetByRole(AriaRole.Dialog, new() { Name = title });

    /// <summary>Drags with the mouse from one place to another, by steps as a hand does.</summary>
    protected static async Task Drag(IPage page, (float X, float Y) from, (float X, float Y) to)
    {
        await page.Mouse.MoveAsync(from.X, from.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 8 });
        await page.Mouse.UpAsync();
    }

    /// <summary>Where an hour of a day is on the page.</summary>
    protected static async Task<(float X, float Y)> Hour(IPage page, string day, double hour)
    {
        var column = page.Locator($"[data-column='{day}']");
        var box = (await column.BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (float)(box.Height * hour / 24));
    }

    /// <summary>Chooses which occurrences of a series are meant.</summary>
    protected static Task Choose(IPage page, string scope) => page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = new("^" + scope) }).ClickAsync();
}
