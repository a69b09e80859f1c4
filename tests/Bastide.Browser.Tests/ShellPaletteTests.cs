using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>Ctrl-K, by keys alone.</summary>
public sealed class ShellPaletteTests(Workplace workplace) : ShellPages(workplace), IClassFixture<Workplace>
{
    static ILocator Palette(IPage page) => page.GetByRole(AriaRole.Dialog, new() { Name = "Search and commands" });

    /// <summary>Opens it, types, and goes down to the option that matches.</summary>
    static async Task Choose(IPage page, string typed, string group, string option)
    {
        await page.Keyboard.PressAsync("Control+k");
        await Expect(Palette(page).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(typed);
        var wanted = Palette(page).GetByRole(AriaRole.Group, new() { Name = group, Exact = true }).GetByRole(AriaRole.Option).Filter(new() { HasTextRegex = new(option) }).First;
        await Expect(wanted).ToBeVisibleAsync();
        var id = await wanted.GetAttributeAsync("id");
        var field = Palette(page).GetByRole(AriaRole.Combobox);
        for (var step = 0; step < 20 && await field.GetAttributeAsync("aria-activedescendant") != id; step++) await page.Keyboard.PressAsync("ArrowDown");
        (await field.GetAttributeAsync("aria-activedescendant")).ShouldBe(id);
        await page.Keyboard.PressAsync("Enter");
        await Expect(Palette(page)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_palette_finds_mail_people_and_commands_and_is_operated_by_keys_alone()
    {
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        await Deliver(address, "Terms of the lease");
        await Deliver(address, "Another matter");
        await Expect(page.GetByText("Terms of the lease").First).ToBeVisibleAsync();

        await Choose(page, "lease", "Mail", "Terms of the lease");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Terms of the lease" })).ToBeVisibleAsync();

        await Choose(page, "osc", "People", "Oscar Outside");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Message: New message" }).GetByText("Oscar Outside")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Message text" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");

        await Choose(page, "dark", "Commands", "Use the dark theme");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", "dark");

        await Choose(page, "settings", "Commands", "^Settings$");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Settings", Exact = true })).ToBeVisibleAsync();

        // From elsewhere too, where the mail app is not what shows.
        await Choose(page, "lease", "Mail", "Terms of the lease");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Terms of the lease" })).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Escape_closes_the_palette_and_gives_the_focus_back_to_where_it_was()
    {
        var (person, _) = await Newcomer();
        await using var __ = person;
        var page = person.Page;
        var field = page.GetByLabel("Search mail");
        await field.FillAsync("half a wo");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("nothing has this name");
        await Expect(Palette(page).GetByText("Nothing found")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Palette(page)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(Palette(page)).ToHaveCountAsync(0);
        await Expect(field).ToBeFocusedAsync();
        await Expect(field).ToHaveValueAsync("half a wo");
        person.Faults.ShouldBeEmpty();
    }
}
