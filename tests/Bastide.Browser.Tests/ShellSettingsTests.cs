using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>What is chosen once: the answer while one is away, and how the news of the workplace is read.</summary>
public sealed class ShellSettingsTests(Workplace workplace) : ShellPages(workplace), IClassFixture<Workplace>
{
    [Theory]
    [InlineData("en-GB", "First day", "Last day", "Message", "Save", "Saved", "Saturday, 5 December 2026", "Write the day like 31/12/2026.")]
    [InlineData("fr-FR", "Premier jour", "Dernier jour", "Message", "Enregistrer", "Enregistré", "samedi 5 décembre 2026", "Écrivez le jour comme 31/12/2026.")]
    public async Task Days_are_written_as_the_language_writes_them_and_a_wrong_one_is_not_sent(string locale, string first, string last, string text, string save, string saved, string written, string wrong)
    {
        var (person, address) = await Newcomer(locale);
        await using var _ = person;
        var page = person.Page;
        await page.GotoAsync("/mail/settings");
        ILocator Field(string name) => page.GetByRole(AriaRole.Textbox, new() { Name = name, Exact = true });
        await page.GetByRole(AriaRole.Switch).First.CheckAsync();
        await Field(first).FillAsync("5/12/26");
        await Field(last).FillAsync("31/02/2027");
        await Field(text).FillAsync("Away.");
        await Expect(Field(first)).ToHaveValueAsync("05/12/2026");
        await Expect(page.GetByText(written)).ToBeVisibleAsync();
        await Expect(page.GetByText(wrong)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = save, Exact = true }).ClickAsync();
        await Expect(Field(last)).ToBeFocusedAsync();
        await Expect(page.GetByText(saved, new() { Exact = true })).ToHaveCountAsync(0);
        await Field(last).FillAsync("12.12.2026");
        await page.GetByRole(AriaRole.Button, new() { Name = save, Exact = true }).ClickAsync();
        await Expect(page.GetByText(saved, new() { Exact = true })).ToBeVisibleAsync();

        using var mail = new JmapClient(Place.Server.Url, address, Password);
        var answer = (await mail.Call("VacationResponse/get", new JsonObject { ["accountId"] = await mail.Account() }))["list"]![0]!;
        ((bool)answer["isEnabled"]!).ShouldBeTrue();
        var zone = await page.EvaluateAsync<int>("() => new Date(2026, 11, 5).getTimezoneOffset()");
        DateTimeOffset.Parse((string)answer["fromDate"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(new DateTimeOffset(2026, 12, 5, 0, 0, 0, TimeSpan.FromMinutes(-zone)));
        DateTimeOffset.Parse((string)answer["toDate"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(new DateTimeOffset(2026, 12, 13, 0, 0, 0, TimeSpan.FromMinutes(-zone)));

        await page.ReloadAsync();
        await Expect(Field(last)).ToHaveValueAsync("12/12/2026");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task News_is_counted_on_the_bell_read_by_opening_it_and_leads_to_what_it_is_about()
    {
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        ILocator Bell(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        // News is what comes after the page has asked for the state of the mail.
        await page.RunAndWaitForResponseAsync(() => page.ReloadAsync(), answer => answer.Request.PostData?.Contains("\"ids\":[]", StringComparison.Ordinal) == true);
        await Expect(Bell("Notifications")).ToBeVisibleAsync();
        await Deliver(address, "First news");
        await Expect(Bell("Notifications, 1 new")).ToBeVisibleAsync();
        await Deliver(address, "Second news");
        await Expect(Bell("Notifications, 2 new")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(Bell("Notifications, 2 new")).ToBeVisibleAsync();
        await Bell("Notifications, 2 new").ClickAsync();
        var centre = page.GetByRole(AriaRole.Dialog, new() { Name = "Notifications" });
        await Expect(centre.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await centre.GetByText("First news").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "First news" })).ToBeVisibleAsync();
        await Expect(centre).ToHaveCountAsync(0);
        await Expect(Bell("Notifications")).ToBeVisibleAsync();
        await Bell("Notifications").ClickAsync();
        await centre.GetByRole(AriaRole.Button, new() { Name = "Clear all" }).ClickAsync();
        await Expect(centre.GetByText("Nothing new")).ToBeVisibleAsync();
        person.Faults.ShouldBeEmpty();
    }
}
