using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Playwright;
using MimeKit;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>The mail app in a real browser on the real server.</summary>
public sealed class MailTests(Workplace workplace) : IClassFixture<Workplace>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    async Task Deliver(MimeMessage message)
    {
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", workplace.Server.Smtp, SecureSocketOptions.None, Cancellation);
        await smtp.SendAsync(message, new MailboxAddress("", "outside@elsewhere.example"), [new MailboxAddress("", "alice@demo.localhost")], Cancellation);
        await smtp.DisconnectAsync(true, Cancellation);
    }

    static MimeMessage Message(string subject, MimeEntity body)
    {
        var message = new MimeMessage { Subject = subject, Body = body };
        message.From.Add(new MailboxAddress("ليلى", "outside@elsewhere.example"));
        message.To.Add(new MailboxAddress("Alice", "alice@demo.localhost"));
        return message;
    }

    [Fact]
    public async Task A_message_delivered_by_SMTP_appears_in_an_open_inbox_without_a_reload()
    {
        await using var alice = await workplace.SignIn("alice");
        await Expect(alice.Page.GetByRole(AriaRole.Heading, new() { Name = "Inbox" })).ToBeVisibleAsync();
        await Expect(alice.Page.GetByText("Budget 2027").First).ToBeVisibleAsync();
        await Deliver(Message("Arrived by itself 🎉", new TextPart("plain") { Text = "Hello." }));
        await Expect(alice.Page.GetByText("Arrived by itself 🎉").First).ToBeVisibleAsync();
        alice.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hostile_message_opens_without_running_or_fetching_anything()
    {
        await Deliver(Message("Hostile", new TextPart("html")
        {
            Text = """
                <html><body background="https://evil.example/bg.png" onload="parent.pwned=1">
                <script>parent.pwned = 1; fetch('https://evil.example/')</script>
                <img src="https://evil.example/open.gif"><img src=x onerror="parent.pwned=1">
                <style>@import url(https://evil.example/a.css); p { background: url("https://evil.example/b.png") }</style>
                <svg><use href="https://evil.example/c.svg#x"/></svg><iframe src="https://evil.example/"></iframe>
                <form action="https://evil.example/"><input name=a></form><base href="https://evil.example/">
                <a href="javascript:parent.pwned=1">click</a><p style="background-image:url(https://evil.example/d.png)">The words stay readable.</p></body></html>
                """,
        }));
        await using var alice = await workplace.SignIn("alice");
        await alice.Page.GetByText("Hostile").First.ClickAsync();
        await Expect(alice.Page.FrameLocator("iframe").GetByText("The words stay readable.")).ToBeVisibleAsync();
        (await alice.Page.EvaluateAsync<bool>("() => 'pwned' in window")).ShouldBeFalse();
        alice.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Alice_and_Bob_write_to_each_other_with_a_large_attachment()
    {
        var file = Path.Combine(Path.GetTempPath(), $"bastide-{Guid.NewGuid():N}.bin");
        await File.WriteAllBytesAsync(file, new byte[20_000_000], Cancellation);
        try
        {
            await using var bob = await workplace.SignIn("bob");
            await using var alice = await workplace.SignIn("alice");
            await Expect(bob.Page.GetByRole(AriaRole.Heading, new() { Name = "Inbox" })).ToBeVisibleAsync();
            var subject = $"Plans 🏗️ {Guid.NewGuid():N}"[..16];
            await alice.Page.GetByRole(AriaRole.Button, new() { Name = "New message" }).ClickAsync();
            var page = alice.Page;
            await page.GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true }).FillAsync("bob@demo.localhost");
            await page.Keyboard.PressAsync("Enter");
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Subject" }).FillAsync(subject);
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Message text" }).FillAsync("Here are the plans.");
            await page.Locator("input[type=file]").Last.SetInputFilesAsync(file);
            await Expect(page.GetByText(Path.GetFileName(file)).First).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

            var arrived = bob.Page.GetByText(subject).First;
            await Expect(arrived).ToBeVisibleAsync(new() { Timeout = 30_000 });
            await arrived.ClickAsync();
            await Expect(bob.Page.FrameLocator("iframe").GetByText("Here are the plans.")).ToBeVisibleAsync();
            await Expect(bob.Page.GetByText(Path.GetFileName(file)).First).ToBeVisibleAsync();
            alice.Faults.ShouldBeEmpty();
            bob.Faults.ShouldBeEmpty();
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Light, 390, 844)]
    public async Task The_inbox_and_an_open_message_have_no_accessibility_violation(ColorScheme scheme, int width, int height)
    {
        await using var alice = await workplace.SignIn("chloe", new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = height } });
        var subject = alice.Page.GetByText("boîte partagée").First;
        await Expect(subject).ToBeVisibleAsync();
        Describe(await alice.Page.RunAxe(Rules)).ShouldBeEmpty();
        await subject.ClickAsync();
        await Expect(alice.Page.GetByText("lue par Nadia et Karim").Last).ToBeVisibleAsync();
        Describe(await alice.Page.RunAxe(Rules)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_sign_in_page_has_no_accessibility_violation_in_either_language()
    {
        foreach (var (locale, title) in new[] { ("en-GB", "Sign in"), ("fr-FR", "Se connecter") })
        {
            await using var context = await workplace.Browser.NewContextAsync(new BrowserNewContextOptions { Locale = locale, BaseURL = workplace.Server.Url.ToString() });
            var page = await context.NewPageAsync();
            await page.GotoAsync("/signin");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync();
            Describe(await page.RunAxe(Rules)).ShouldBeEmpty();
        }
    }

    static readonly AxeRunOptions Rules = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    static string Describe(AxeResult result) =>
        string.Join('\n', result.Violations.Select(v => $"{v.Id}: {v.Help} ({string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))})"));
}
