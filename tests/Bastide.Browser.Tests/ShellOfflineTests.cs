using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>The network goes and comes back: what the person is told, and what becomes of what they do meanwhile.</summary>
public sealed class ShellOfflineTests(Workplace workplace) : ShellPages(workplace), IClassFixture<Workplace>
{
    static ILocator Banner(IPage page) => page.GetByText("You are offline.");

    [Fact]
    public async Task Without_a_network_the_person_is_told_and_what_they_do_is_kept_or_said_to_have_failed()
    {
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        await Deliver(address, "Read before");
        var row = page.Locator("[role=listitem]").Filter(new() { HasText = "Read before" });
        await row.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Read before" })).ToBeVisibleAsync();
        await Expect(page.Locator("article").GetByText("Hello.", new() { Exact = true })).ToBeVisibleAsync();

        await page.Context.SetOfflineAsync(true);
        await Expect(Banner(page)).ToBeVisibleAsync();

        // What is on the screen can go on being read, and what cannot be done is said and taken back.
        await page.Keyboard.PressAsync("e");
        await Expect(page.GetByText("The server cannot be reached.").First).ToBeVisibleAsync();
        await Expect(row).ToBeVisibleAsync();

        // What is written is kept, and saved as soon as it can be.
        await page.Keyboard.PressAsync("c");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Subject" }).FillAsync("Written without a network");
        await Expect(page.GetByText("Not saved – trying again")).ToBeVisibleAsync();
        await Deliver(address, "Arrived meanwhile");

        await page.Context.SetOfflineAsync(false);
        await Expect(Banner(page)).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        await Expect(page.GetByText("Draft saved")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Expect(page.GetByText("Arrived meanwhile").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        using var mail = new JmapClient(Place.Server.Url, address, Password);
        var account = await mail.Account();
        var drafts = await mail.Emails(account, await mail.MailboxWithRole(account, "drafts"), "subject");
        drafts.Select(draft => (string?)draft["subject"]).ShouldBe(["Written without a network"]);
    }

    [Fact]
    public async Task A_message_sent_without_a_network_is_given_back_and_goes_once_the_network_is_there()
    {
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "New message" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true }).FillAsync(address);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Subject" }).FillAsync("Sent once");
        await Expect(page.GetByText("Draft saved")).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(true);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Message text" }).FillAsync("Every word of it.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.GetByText("The message was not sent and is still a draft.").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Message text" })).ToContainTextAsync("Every word of it.");

        await page.Context.SetOfflineAsync(false);
        await Expect(Banner(page)).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        var arrived = page.Locator("[role=listitem]").Filter(new() { HasText = "Sent once" });
        await Expect(arrived).ToBeVisibleAsync(new() { Timeout = 30_000 });
        using var mail = new JmapClient(Place.Server.Url, address, Password);
        var account = await mail.Account();
        (await mail.Emails(account, await mail.MailboxWithRole(account, "inbox"), "subject")).Count.ShouldBe(1);
        (await mail.Emails(account, await mail.MailboxWithRole(account, "sent"), "subject")).Count.ShouldBe(1);
        await Wait.Until(async () => (await mail.Emails(account, await mail.MailboxWithRole(account, "drafts"), "subject")).Count == 0, "no draft to be left");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_said_so_and_tried_again()
    {
        var (person, _) = await Newcomer();
        await using var __ = person;
        var page = person.Page;
        var refused = true;
        await page.RouteAsync("**/jmap/**", async route =>
        {
            if (refused) await route.AbortAsync("connectionrefused");
            else await route.ContinueAsync();
        });
        await page.ReloadAsync();
        await Expect(page.GetByText("The server does not answer.").First).ToBeVisibleAsync();
        refused = false;
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).First.ClickAsync();
        await ShouldShowInbox(page);
        await Expect(page.GetByText("The server does not answer.")).ToHaveCountAsync(0);
    }
}
