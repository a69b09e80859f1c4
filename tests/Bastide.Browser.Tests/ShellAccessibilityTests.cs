using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>
/// Every screen of the client is held to WCAG 2.2 AA and axe's best practices, and nothing overflows to the side: wide and
/// narrow, light and dark, in both languages.
/// </summary>
public sealed class ShellAccessibilityTests(Workplace workplace) : ShellPages(workplace), IClassFixture<Workplace>
{
    static async Task ShouldHold(IPage page, ILocator? within = null)
    {
        // What fades in or out is measured once it has done so.
        await page.EvaluateAsync("() => Promise.all(document.getAnimations().filter((each) => each.effect.getComputedTiming().iterations !== Infinity).map((each) => each.finished.catch(() => undefined)))");
        // Menus and dialogs stand at the end of the page, outside of its landmarks.
        await ShouldBeAccessible(page, within, "region");
    }

    [Theory]
    [InlineData("en-GB", ColorScheme.Light, 1280)]
    [InlineData("en-GB", ColorScheme.Dark, 390)]
    [InlineData("fr-FR", ColorScheme.Dark, 1280)]
    [InlineData("fr-FR", ColorScheme.Light, 390)]
    public async Task Every_screen_is_accessible(string locale, ColorScheme scheme, int width)
    {
        await using var person = await Open(locale, scheme, width);
        var page = person.Page;
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync("/");
        await EnterPassword(person, "alice@demo.localhost", Workplace.Password);
        ILocator Named(AriaRole role, string english, string french) => page.GetByRole(role, new() { NameRegex = new($"^({english}|{french})$") });

        // The inbox, a conversation, what was searched for.
        await Expect(page.GetByText("Budget 2027").First).ToBeVisibleAsync();
        await ShouldHold(page);
        await page.GetByText("Budget 2027").First.ClickAsync();
        await Expect(Named(AriaRole.Toolbar, "Conversation actions", "Actions sur la conversation")).ToBeVisibleAsync();
        await Expect(page.Locator("article h1")).ToBeVisibleAsync();
        await Expect(page.GetByText("three options for the market hall").Last).ToBeVisibleAsync();
        await ShouldHold(page);
        await page.GotoAsync("/mail/inbox?q=market");
        await Expect(page.Locator("mark").First).ToBeVisibleAsync();
        await ShouldHold(page);

        // The menu of a folder.
        await page.GotoAsync("/mail/inbox");
        if (width < 1200) await Named(AriaRole.Button, "Open folders", "Ouvrir les dossiers").ClickAsync();
        await Named(AriaRole.Button, "Actions for Inbox", "Actions pour Réception").First.ClickAsync(new() { Force = true });
        await Expect(Named(AriaRole.Menuitem, "Mark all as read", "Tout marquer comme lu")).ToBeVisibleAsync();
        await ShouldHold(page);

        // Writing.
        await page.GotoAsync("/mail/inbox");
        await Expect(page.GetByText("Budget 2027").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("c");
        await Expect(Named(AriaRole.Textbox, "Message text", "Texte du message")).ToBeVisibleAsync();
        await ShouldHold(page);
        await page.Keyboard.PressAsync("Escape");

        // What the shell opens.
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("bob");
        await Expect(page.GetByRole(AriaRole.Option).Filter(new() { HasText = "bob@demo.localhost" }).First).ToBeVisibleAsync();
        await ShouldHold(page);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await Expect(Named(AriaRole.Dialog, "Keyboard", "Clavier")).ToBeVisibleAsync();
        await ShouldHold(page);
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Notifications") }).ClickAsync();
        var news = Named(AriaRole.Dialog, "Notifications", "Notifications");
        await Expect(news).ToBeVisibleAsync();
        await ShouldHold(page, news);
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Account of|Compte de) ") }).ClickAsync();
        await Expect(Named(AriaRole.Button, "Sign out", "Se déconnecter")).ToBeVisibleAsync();
        await ShouldHold(page, page.GetByRole(AriaRole.Dialog, new() { NameRegex = new("^(Account of|Compte de) ") }));

        // What is chosen once.
        await page.GotoAsync("/settings");
        await Expect(Named(AriaRole.Heading, "Settings", "Réglages")).ToBeVisibleAsync();
        await ShouldHold(page);
        await page.GotoAsync("/mail/settings");
        var away = page.GetByRole(AriaRole.Switch).First;
        await Expect(away).ToBeVisibleAsync();
        await away.CheckAsync();
        var lastDay = page.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^(Last day|Dernier jour)$") });
        await lastDay.FillAsync("32/12/2026");
        await lastDay.PressAsync("Tab");
        await Expect(page.GetByText("31/12/2026.")).ToBeVisibleAsync();
        await ShouldHold(page);
        await page.GotoAsync("/nowhere");
        await Expect(Named(AriaRole.Heading, "There is nothing here", "Il n’y a rien ici")).ToBeVisibleAsync();
        await ShouldHold(page);
        person.Faults.ShouldBeEmpty();
    }
}
