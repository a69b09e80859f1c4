using System.Net;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>The account pages in a real browser: what a person does to keep their account theirs.</summary>
public sealed class AccountTests(Workplace workplace) : AccountPages(workplace), IClassFixture<Workplace>
{
    static readonly string[] Sections = ["", "/password", "/two-step", "/passkeys", "/sessions", "/app-passwords"];

    [Theory]
    [InlineData("en-GB", ColorScheme.Light, 1280)]
    [InlineData("en-GB", ColorScheme.Dark, 390)]
    [InlineData("fr-FR", ColorScheme.Dark, 1280)]
    [InlineData("fr-FR", ColorScheme.Light, 390)]
    public async Task Every_page_is_accessible_and_fits_its_screen(string locale, ColorScheme scheme, int width)
    {
        await using var alice = await Open(locale, scheme, width);
        var page = alice.Page;
        await page.GotoAsync("/signin");
        await ShouldBeAccessible(page);
        await EnterPassword(alice, "alice", Workplace.Password);
        await page.WaitForURLAsync("**/account");
        var titles = new HashSet<string>();
        foreach (var section in Sections)
        {
            await page.GotoAsync("/account" + section);
            await ShouldBeAccessible(page);
            titles.Add(await page.TitleAsync());
            (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe(locale[..2]);
            (await page.Locator("h1").CountAsync()).ShouldBe(1);
            if (width < 800) await page.Locator(".menu summary").ClickAsync();
            (await page.Locator("[aria-current=page]:visible").CountAsync()).ShouldBe(1);
        }

        await ShouldBeAccessible(page);
        titles.Count.ShouldBe(Sections.Length);
        await page.GotoAsync("/account/two-step");
        await page.Locator("form[action='/account/two-step/set-up'] button").ClickAsync();
        await ShouldBeAccessible(page);
        await page.GotoAsync("/account/app-passwords");
        await page.Locator("#label").FillAsync("Thunderbird");
        await page.Locator("form[action='/account/app-passwords'] button").ClickAsync();
        await Expect(page.Locator(".secret")).ToBeVisibleAsync();
        await ShouldBeAccessible(page);
        await page.GotoAsync("/connect/verify");
        await ShouldBeAccessible(page);
        await page.GotoAsync("/connect/endsession");
        await ShouldBeAccessible(page);
        await page.Locator("main button[name=confirmed]").ClickAsync();
        await page.WaitForURLAsync("**/signin/signed-out");
        await ShouldBeAccessible(page);
        alice.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_language_can_be_chosen_and_stays()
    {
        await using var person = await Open("de-DE");
        await person.Page.GotoAsync("/signin?return=%2Faccount%2Fsessions");
        await Expect(person.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Sign in");
        await person.Page.GetByRole(AriaRole.Link, new() { Name = "Français" }).ClickAsync();
        await Expect(person.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Se connecter");
        await EnterPassword(person, "alice", Workplace.Password);
        await Expect(person.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sessions et appareils");
    }

    [Fact]
    public async Task Everything_but_passkeys_works_without_JavaScript()
    {
        var address = await AddPerson();
        await using var person = await Open(width: 390, withScript: false);
        var page = person.Page;
        await SignIn(person, address);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your account" })).ToBeVisibleAsync();
        await page.Locator(".menu summary").ClickAsync();
        await page.Locator(".menu").GetByRole(AriaRole.Link, new() { Name = "App passwords" }).ClickAsync();
        await page.GetByLabel("For which program or device").FillAsync("Phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await Expect(page.Locator(".secret")).ToBeVisibleAsync();
        await page.GotoAsync("/account/passkeys");
        await Expect(page.GetByText("Adding a passkey needs JavaScript")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("You are signed out");
        await page.GotoAsync("/account");
        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task Changing_the_password_ends_other_browsers_and_keeps_this_one()
    {
        var address = await AddPerson();
        await using var here = await Open();
        await using var elsewhere = await Open();
        await SignIn(here, address);
        await SignIn(elsewhere, address);
        await elsewhere.Page.WaitForURLAsync("**/account");
        var page = here.Page;
        await page.GotoAsync("/account/password");
        async Task Change(string current, string replacement, string repeated)
        {
            await page.GetByLabel("Current password").FillAsync(current);
            await page.GetByLabel("New password", new() { Exact = true }).FillAsync(replacement);
            await page.GetByLabel("New password again").FillAsync(repeated);
            await page.GetByRole(AriaRole.Button, new() { Name = "Change the password" }).ClickAsync();
        }

        await Change("not the password", "a quite new password", "a quite new password");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The current password is not right.");
        await Change(Password, "a quite new password", "a quite other password");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The two new passwords are not the same.");
        await Change(Password, "1234567890", "1234567890");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("choose another");
        await Change(Password, "a quite new password", "a quite new password");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your password is changed");
        await elsewhere.Page.ReloadAsync();
        await Expect(elsewhere.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Sign in");
        await EnterPassword(elsewhere, address);
        await Expect(elsewhere.Page.GetByRole(AriaRole.Alert).First).ToHaveTextAsync("The address or the password is not right.");
        await EnterPassword(elsewhere, address, "a quite new password");
        await elsewhere.Page.WaitForURLAsync("**/account");
    }

    [Fact]
    public async Task Ending_another_session_throws_its_browser_back_to_the_sign_in_page()
    {
        await using var bob = await Place.SignIn("bob");
        await Expect(bob.Page.GetByRole(AriaRole.Heading, new() { Name = "Inbox" })).ToBeVisibleAsync();
        await using var here = await Open();
        await SignIn(here, "bob", Workplace.Password);
        await here.Page.GotoAsync("/account/sessions");
        await Expect(here.Page.GetByText("this browser")).ToHaveCountAsync(1);
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "End all others" }).ClickAsync();
        await Expect(here.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("All other sessions have ended.");
        // Nobody touches the other browser: the push channel that breaks, or the next request, tells it.
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in again" }).ClickAsync();
        await Expect(bob.Page.Locator("input[name=password]")).ToBeVisibleAsync();
        await Expect(bob.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task An_app_password_signs_a_program_in_and_is_refused_once_it_is_ended()
    {
        var address = await AddPerson();
        await using var person = await Open();
        var page = person.Page;
        await SignIn(person, address);
        await page.GotoAsync("/account/app-passwords");
        await page.GetByLabel("For which program or device").FillAsync("Thunderbird <1>");
        foreach (var app in (string[])["Calendars", "Contacts", "Files", "Chat"]) await page.GetByLabel(app).UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync("The password for Thunderbird <1>");
        var secret = await page.Locator(".secret").InnerTextAsync();

        using var program = new JmapClient(Place.Server.Url, address, secret);
        ((string?)(await program.Session())["username"]).ShouldBe(address);
        await page.GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
        await Expect(page.GetByText("Mail · last used just now")).ToBeVisibleAsync();
        (await page.ContentAsync()).ShouldNotContain(secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "End Thunderbird <1>" }).ClickAsync();
        await Expect(page.GetByText("You have none.")).ToBeVisibleAsync();
        using var refused = await program.Http.GetAsync("jmap/session", Cancellation);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
