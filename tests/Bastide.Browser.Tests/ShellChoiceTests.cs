using System.Net;
using System.Net.Http.Headers;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>The account menu by keyboard: theme, language, the way out.</summary>
public sealed class ShellChoiceTests(Workplace workplace) : ShellPages(workplace), IClassFixture<Workplace>
{
    /// <summary>Goes on with Tab, as far as there is anything, until this has the focus.</summary>
    static async Task TabTo(IPage page, ILocator wanted)
    {
        for (var step = 0; step < 60; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement")) return;
        }

        (await page.EvaluateAsync<string>("() => document.activeElement.outerHTML")).ShouldBeNull("Tab does not lead there");
    }

    static ILocator MenuButton(IPage page) => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Account of|Compte de) Geraldine Guest$") });

    static ILocator Choice(IPage page, string name) => page.GetByRole(AriaRole.Radio, new() { Name = name, Exact = true });

    static Task Click(IPage page, string choice) => page.Locator("label").Filter(new() { HasText = choice }).ClickAsync();

    static async Task ShouldLook(IPage page, string scheme, string background)
    {
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", scheme);
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", background);
    }

    [Fact]
    public async Task Theme_and_language_are_chosen_by_keyboard_change_at_once_and_stay_after_a_reload()
    {
        const string Light = "rgb(244, 242, 238)", Dark = "rgb(23, 24, 28)";
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        await Deliver(address, "Stays in sight");
        await Expect(page.GetByText("Stays in sight").First).ToBeVisibleAsync();
        await ShouldLook(page, "light", Light);
        await TabTo(page, MenuButton(page));
        await page.Keyboard.PressAsync("Enter");
        await TabTo(page, Choice(page, "Auto"));
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(Choice(page, "Dark")).ToBeFocusedAsync();
        await ShouldLook(page, "dark", Dark);
        await page.Keyboard.PressAsync("Tab");
        await Expect(Choice(page, "English")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Réception" })).ToBeVisibleAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        await Expect(page.GetByText("Se déconnecter")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByText("Se déconnecter")).ToHaveCountAsync(0);
        await Expect(MenuButton(page)).ToBeFocusedAsync();

        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Réception" })).ToBeVisibleAsync();
        await ShouldLook(page, "dark", Dark);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "fr");

        // What follows the system does so at once, too.
        await MenuButton(page).ClickAsync();
        await Click(page, "Auto");
        await ShouldLook(page, "light", Light);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await ShouldLook(page, "dark", Dark);
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_tab_takes_up_the_theme_and_the_language_that_were_chosen()
    {
        var (person, _) = await Newcomer();
        await using var __ = person;
        var page = person.Page;
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/mail");
        await ShouldShowInbox(other);
        await page.GotoAsync("/settings");
        await Click(page, "Dark");
        await Click(page, "Français");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Réglages", Exact = true })).ToBeVisibleAsync();
        await Expect(other.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", "dark");
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Réception" })).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Signing_out_by_keyboard_ends_the_session_in_every_tab_and_forgets_what_was_kept()
    {
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        await Deliver(address, "Private matter");
        await page.GetByText("Private matter").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New message" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Subject" }).FillAsync("A secret plan");
        await Expect(page.GetByText("Draft saved")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Minimise" }).ClickAsync();
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/mail");
        await ShouldShowInbox(other);
        await other.GetByLabel("Search mail").FillAsync("half a secret");
        var token = await page.EvaluateAsync<string>("() => JSON.parse(localStorage.getItem('bastide.tokens')).accessToken");
        (await Status(token)).ShouldBe(HttpStatusCode.OK);

        await MenuButton(page).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("input[name=password]")).ToBeVisibleAsync();
        await Expect(other.GetByText("Private matter")).ToHaveCountAsync(0);
        await Wait.Until(async () => await Status(token) == HttpStatusCode.Unauthorized, "the token to be refused");

        // Nothing about the person is left in the browser, and Back shows nothing of theirs.
        await page.GotoAsync("/health/live");
        var left = await page.EvaluateAsync<string>("""
            async () => {
              const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
              for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys()) texts.push(request.url);
              return texts.join('\n');
            }
            """);
        foreach (var word in new[] { "Private", "secret", address, token, "/jmap" }) left.ShouldNotContain(word);
        await page.GotoAsync("/");
        await Expect(page.Locator("input[name=password]")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.GetByText("Private matter")).ToHaveCountAsync(0);
        FaultsBeyond(person, 401).ShouldBeEmpty();
    }

    async Task<HttpStatusCode> Status(string token)
    {
        using var http = new HttpClient { BaseAddress = Place.Server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.GetAsync("jmap/session", Cancellation);
        return answer.StatusCode;
    }
}
