using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>Files of an event: attached in the form, fetched from its card, and removed.</summary>
public sealed class CalendarAttachmentsTests(Workplace workplace) : CalendarPages(workplace), IClassFixture<Workplace>
{
    static FilePayload Text(string name, string content) => new() { Name = name, MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(content) };

    static ILocator Save(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save" });

    [Fact]
    public async Task Files_are_attached_with_the_event_fetched_from_its_card_and_removed()
    {
        var (person, agenda) = await With($"day/{Monday}/new/edit");
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await page.GetByLabel("Title").FillAsync("Council");
        var files = page.GetByRole(AriaRole.List, new() { Name = "Attachments" });
        await page.Locator("input[type=file]").SetInputFilesAsync([Text("agenda été.txt", "one"), Text("plan.txt", "a plan")]);
        await Expect(files.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(files).ToContainTextAsync("agenda été.txt");
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        await ShouldBeAccessible(page, null, "region");
        await Save(page).ClickAsync();

        await Expect(page.GetByText("“Council” added")).ToBeVisibleAsync();
        // What was written shows before the server has it: that one cannot be opened yet.
        await Event(page, "Council").And(page.Locator(":not([data-new])")).ClickAsync();
        await Expect(Card(page, "Council")).ToContainTextAsync("plan.txt · 6 bytes");
        var link = Card(page, "Council").GetByRole(AriaRole.Link, new() { Name = "agenda été.txt" });
        var href = await link.GetAttributeAsync("href");
        using (var nobody = new HttpClient()) (await nobody.GetStringAsync(href, TestContext.Current.CancellationToken)).ShouldBe("one");
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        (await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).ShouldBe("one");

        await Card(page, "Council").GetByRole(AriaRole.Button, new() { Name = "Edit" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove plan.txt" }).ClickAsync();
        await Save(page).ClickAsync();
        await Wait.Until(async () => (await agenda.Find("Council"))?["links"]?.AsObject().Count == 1, "one file to be left");
        person.Faults.ShouldBeEmpty();
    }
}
