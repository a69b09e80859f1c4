using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Playwright;
using MimeKit;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>The map of the keyboard, and that each key it lists does what the map says.</summary>
public sealed class ShellKeysTests(Workplace workplace) : ShellPages(workplace), IClassFixture<Workplace>
{
    static ILocator Row(IPage page, string subject) => page.Locator("[role=listitem]").Filter(new() { HasText = subject });

    static ILocator Heading(IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    static ILocator Window(IPage page, string subject) => page.GetByRole(AriaRole.Region, new() { Name = $"Message: {subject}", Exact = true });

    /// <summary>Two long messages of one conversation, as a discussion is.</summary>
    async Task DeliverDiscussion(string address, string subject)
    {
        var text = string.Join('\n', Enumerable.Range(1, 120).Select(line => $"Line {line} of what was said."));
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", Place.Server.Smtp, SecureSocketOptions.None, Cancellation);
        var id = MimeKit.Utils.MimeUtils.GenerateMessageId("elsewhere.example");
        foreach (var isAnswer in new[] { false, true })
        {
            var message = new MimeMessage { Subject = isAnswer ? "Re: " + subject : subject, Body = new TextPart("plain") { Text = text } };
            message.From.Add(new MailboxAddress(isAnswer ? "Rita Reply" : "Oscar Outside", "outside@elsewhere.example"));
            message.To.Add(new MailboxAddress("", address));
            message.To.Add(new MailboxAddress("Bob", "bob@demo.localhost"));
            if (isAnswer) message.InReplyTo = id;
            else message.MessageId = id;
            await smtp.SendAsync(message, new MailboxAddress("", "outside@elsewhere.example"), [new MailboxAddress("", address)], Cancellation);
        }

        await smtp.DisconnectAsync(true, Cancellation);
    }

    [Fact]
    public async Task Every_key_of_the_map_does_what_the_map_says()
    {
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        await DeliverDiscussion(address, "Discussion");
        await Deliver(address, "Middle");
        await Deliver(address, "Top");
        await Expect(Row(page, "Top")).ToBeVisibleAsync();
        await Expect(page.Locator("[role=listitem]")).ToHaveCountAsync(3);
        var keys = page.Keyboard;

        async Task Open(string key, ILocator shown)
        {
            await keys.PressAsync(key);
            await Expect(shown).ToBeVisibleAsync();
        }

        async Task LeavesAndReturns(string key, string said)
        {
            await keys.PressAsync(key);
            await Expect(Row(page, "Top")).ToHaveCountAsync(0);
            await Expect(page.GetByText(said).Last).ToBeVisibleAsync();
            await keys.PressAsync("z");
            await Expect(Row(page, "Top")).ToHaveCountAsync(1);
            await Expect(page.GetByText(said)).ToHaveCountAsync(0);
            await keys.PressAsync("k");
            await keys.PressAsync("k");
            await Expect(Row(page, "Top")).ToHaveAttributeAsync("data-cursor", "true");
        }

        async Task Goes(string second, string mailbox)
        {
            await keys.PressAsync("g");
            await keys.PressAsync(second);
            await Expect(Heading(page, mailbox)).ToBeVisibleAsync();
        }

        async Task Answers(string key, string subject, params string[] recipients)
        {
            await keys.PressAsync(key);
            var window = Window(page, subject);
            await Expect(window).ToBeVisibleAsync();
            foreach (var recipient in recipients) await Expect(window.GetByText(recipient).First).ToBeVisibleAsync();
            if (recipients.Length < 2) await Expect(window.GetByText("Bob")).ToHaveCountAsync(0);
            var focused = recipients.Length > 0 ? "Message text" : "To";
            await Expect(window.GetByRole(AriaRole.Textbox, new() { Name = focused, Exact = true })).ToBeFocusedAsync();
            await keys.PressAsync("Escape");
            await Expect(window).ToHaveCountAsync(0);
        }

        Task<string> TopMost() => page.EvaluateAsync<string>("""
            () => {
              const cards = [...document.querySelectorAll('[data-email]')];
              const top = cards[0].parentElement.parentElement.getBoundingClientRect().top;
              return cards.findLast((card) => card.getBoundingClientRect().top - top <= 24)?.textContent.includes('Rita Reply') ? 'second' : 'first';
            }
            """);

        // Each line of the map, and how it is seen to hold. They go on from one another.
        var lines = new (string Line, Func<Task> Holds)[]
        {
            ("Next conversation: J", async () =>
            {
                await keys.PressAsync("j");
                await keys.PressAsync("j");
                await Expect(Row(page, "Middle")).ToHaveAttributeAsync("data-cursor", "true");
            }),
            ("Previous conversation: K", async () =>
            {
                await keys.PressAsync("k");
                await Expect(Row(page, "Top")).ToHaveAttributeAsync("data-cursor", "true");
            }),
            ("Open: O", () => Open("o", Heading(page, "Top"))),
            ("Close or clear selection: Esc", async () =>
            {
                await keys.PressAsync("Escape");
                await Expect(Heading(page, "Top")).ToHaveCountAsync(0);
            }),
            ("Select: X", async () =>
            {
                await keys.PressAsync("x");
                await Expect(Row(page, "Top").GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
                await keys.PressAsync("x");
                await Expect(Row(page, "Top").GetByRole(AriaRole.Checkbox)).Not.ToBeCheckedAsync();
            }),
            ("Select all: * then A", async () =>
            {
                await keys.PressAsync("*");
                await keys.PressAsync("a");
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "3 selected" })).ToBeVisibleAsync();
                await keys.PressAsync("Escape");
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "3 selected" })).ToHaveCountAsync(0);
            }),
            ("Flag, or not: S", async () =>
            {
                await Open("s", Row(page, "Top").GetByLabel("Flagged"));
                await keys.PressAsync("s");
                await Expect(Row(page, "Top").GetByLabel("Flagged")).ToHaveCountAsync(0);
            }),
            ("Mark as unread: U", async () =>
            {
                await keys.PressAsync("u");
                await Expect(Row(page, "Top")).ToHaveAttributeAsync("data-unread", "true");
            }),
            ("Mark as read: ⇧U", async () =>
            {
                await keys.PressAsync("Shift+U");
                await Expect(Row(page, "Top")).Not.ToHaveAttributeAsync("data-unread", "true");
            }),
            ("Archive: E", () => LeavesAndReturns("e", "Conversation archived")),
            ("Delete: # or Del", async () =>
            {
                await LeavesAndReturns("#", "Moved to Trash");
                await LeavesAndReturns("Delete", "Moved to Trash");
            }),
            ("Junk, or not: !", () => LeavesAndReturns("!", "Reported as junk")),
            ("Undo: Z", () => Task.CompletedTask),
            ("Move: V", async () =>
            {
                await Open("v", page.GetByRole(AriaRole.Dialog, new() { Name = "Move conversation to…" }));
                await keys.TypeAsync("arch");
                await keys.PressAsync("Enter");
                await Expect(Row(page, "Top")).ToHaveCountAsync(0);
                await keys.PressAsync("z");
                await Expect(Row(page, "Top")).ToHaveCountAsync(1);
            }),
            ("New message: C", async () =>
            {
                await Open("c", page.GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true }));
                await keys.PressAsync("Escape");
                await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true })).ToHaveCountAsync(0);
            }),
            ("Search mail: /", async () =>
            {
                await keys.PressAsync("/");
                await Expect(page.GetByLabel("Search mail")).ToBeFocusedAsync();
                await Expect(page.GetByLabel("Search mail")).ToHaveValueAsync("");
                await keys.PressAsync("Escape");
                await keys.PressAsync("Escape");
                await Expect(page.GetByLabel("Search mail")).Not.ToBeFocusedAsync();
            }),
            ("Go to Drafts: G then D", () => Goes("d", "Drafts")),
            ("Go to Sent: G then T", () => Goes("t", "Sent")),
            ("Go to Archive: G then A", () => Goes("a", "Archive")),
            ("Go to Junk: G then J", () => Goes("j", "Junk")),
            ("Go to Trash: G then B", () => Goes("b", "Trash")),
            ("Go to Inbox: G then I", () => Goes("i", "Inbox")),
            ("Reply: R", async () =>
            {
                await Row(page, "Discussion").ClickAsync();
                await Expect(Heading(page, "Discussion")).ToBeVisibleAsync();
                await Answers("r", "Re: Discussion", "Rita Reply");
            }),
            ("Reply to all: A", () => Answers("a", "Re: Discussion", "Rita Reply", "Bob")),
            ("Forward: F", () => Answers("f", "Fwd: Re: Discussion")),
            ("Previous message: P", async () =>
            {
                await keys.PressAsync("p");
                await Wait.Until(async () => await TopMost() == "first", "the first message to be at the top");
            }),
            ("Next message: N", async () =>
            {
                await keys.PressAsync("n");
                await Wait.Until(async () => await TopMost() == "second", "the second message to be at the top");
            }),
            ("Search and commands: CtrlK", async () =>
            {
                await Open("Control+k", page.GetByRole(AriaRole.Dialog, new() { Name = "Search and commands" }));
                await keys.PressAsync("Escape");
                await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            }),
            ("Keyboard shortcuts: ?", async () =>
            {
                await Open("?", page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" }));
                await keys.PressAsync("Escape");
                await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
                await Expect(Heading(page, "Discussion")).ToBeVisibleAsync();
            }),
        };
        foreach (var (line, holds) in lines)
        {
            TestContext.Current.SendDiagnosticMessage("{0}", line);
            await holds();
        }

        await keys.PressAsync("?");
        var map = page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" });
        await Expect(map.GetByText("Next message")).ToBeVisibleAsync();
        var listed = await map.Locator("dl > div").EvaluateAllAsync<string[]>("rows => rows.map((row) => row.querySelector('dt').textContent + ': ' + [...row.querySelectorAll('dd')].map((keys) => keys.textContent.trim().replace(/\\s+/g, ' ')).join(' '))");
        listed.Order(StringComparer.Ordinal).ShouldBe(lines.Select(each => each.Line).Order(StringComparer.Ordinal));
        await keys.PressAsync("Escape");

        // What the page shows is what the server has.
        using var mail = new JmapClient(Place.Server.Url, address, Password);
        var account = await mail.Account();
        var inbox = await mail.MailboxWithRole(account, "inbox");
        await Wait.Until(async () => (await mail.Emails(account, inbox, "subject")).Count == 4, "all four messages to be in the inbox again");
        (await mail.Emails(account, inbox, "keywords")).ShouldAllBe(email => (bool?)email["keywords"]!["$seen"] == true || email["keywords"]!["$flagged"] == null);
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_do_nothing_while_one_types_or_has_switched_them_off()
    {
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        await Deliver(address, "Stays");
        await Expect(Row(page, "Stays")).ToBeVisibleAsync();
        await page.GetByLabel("Search mail").FocusAsync();
        await page.Keyboard.TypeAsync("e#c?x");
        await Expect(page.GetByLabel("Search mail")).ToHaveValueAsync("e#c?x");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.GotoAsync("/settings");
        await page.GetByRole(AriaRole.Switch, new() { Name = "Single-key shortcuts" }).UncheckAsync();
        await page.GotoAsync("/mail");
        await Expect(Row(page, "Stays")).ToBeVisibleAsync();
        foreach (var key in new[] { "c", "j", "e", "?", "#", "/" }) await page.Keyboard.PressAsync(key);
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Search and commands" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(Row(page, "Stays")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        person.Faults.ShouldBeEmpty();
    }
}
