using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>Tokens that expire, sessions that end: what the person notices of it, and that nothing they typed is lost.</summary>
public sealed class ShellSessionTests(Workplace workplace) : ShellPages(workplace), IClassFixture<Workplace>
{
    const string Stored = "localStorage.getItem('bastide.tokens')";

    static Task<string> AccessToken(IPage page) => page.EvaluateAsync<string>($"() => JSON.parse({Stored}).accessToken");

    /// <summary>Changes what the browser has stored of the tokens, as time or the server would.</summary>
    static async Task Store(IPage page, string change) =>
        await page.EvaluateAsync($"() => {{ const tokens = JSON.parse({Stored}); {change}; localStorage.setItem('bastide.tokens', JSON.stringify(tokens)); }}");

    /// <summary>The status of every answer of the token endpoint from now on.</summary>
    static ConcurrentQueue<int> Refreshes(IPage page)
    {
        var statuses = new ConcurrentQueue<int>();
        page.Response += (_, response) =>
        {
            if (response.Url.EndsWith("/connect/token", StringComparison.Ordinal)) statuses.Enqueue(response.Status);
        };
        return statuses;
    }

    static ILocator SignInAgain(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Sign in again" });

    [Fact]
    public async Task A_token_is_renewed_before_it_expires_and_the_person_notices_nothing()
    {
        var address = await AddPerson();
        await using var person = await Open();
        var page = person.Page;
        await page.Clock.InstallAsync();
        await page.GotoAsync("/");
        await EnterPassword(person, address);
        await ShouldShowInbox(page);
        var first = await AccessToken(page);
        var refreshes = Refreshes(page);
        await page.Clock.FastForwardAsync(9 * 60_000);
        await Wait.Until(async () => await AccessToken(page) != first, "the token to be renewed");
        refreshes.ShouldBe([200]);
        await Deliver(address, "After the renewal");
        await Expect(page.GetByText("After the renewal").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_that_the_server_refuses_is_replaced_and_the_request_made_again()
    {
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        await Store(page, "tokens.accessToken = 'no-longer-good'");
        await page.GetByRole(AriaRole.Button, new() { Name = "New message" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Subject" }).FillAsync("Written meanwhile");
        await Expect(page.GetByText("Draft saved")).ToBeVisibleAsync();
        (await AccessToken(page)).ShouldNotBe("no-longer-good");
        await Expect(SignInAgain(page)).ToHaveCountAsync(0);
        FaultsBeyond(person, 401).ShouldBeEmpty();
        using var mail = new JmapClient(Place.Server.Url, address, Password);
        var account = await mail.Account();
        var drafts = await mail.Emails(account, await mail.MailboxWithRole(account, "drafts"), "subject");
        drafts.Select(draft => (string?)draft["subject"]).ShouldBe(["Written meanwhile"]);
    }

    [Fact]
    public async Task Tabs_that_renew_at_once_use_no_refresh_token_twice()
    {
        var (person, address) = await Newcomer();
        await using var _ = person;
        var pages = new List<IPage> { person.Page };
        for (var tab = 0; tab < 3; tab++)
        {
            var page = await person.Page.Context.NewPageAsync();
            await page.GotoAsync("/mail");
            await ShouldShowInbox(page);
            pages.Add(page);
        }

        var answers = pages.Select(Refreshes).ToList();
        for (var round = 0; round < 3; round++)
        {
            var stale = await AccessToken(pages[0]);
            await Store(pages[0], "tokens.expiresAt = Date.now() - 1");
            await Task.WhenAll(pages.Select(page => page.EvaluateAsync("() => dispatchEvent(new Event('online'))")));
            await Wait.Until(async () => await AccessToken(pages[0]) != stale, "the token to be renewed");
        }

        answers.SelectMany(each => each).ShouldBe([200, 200, 200]);
        await Deliver(address, "Still signed in");
        foreach (var page in pages)
        {
            await Expect(page.GetByText("Still signed in").First).ToBeVisibleAsync();
            await Expect(SignInAgain(page)).ToHaveCountAsync(0);
        }

        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whose_session_was_ended_signs_in_again_and_lands_where_they_were_with_what_they_typed()
    {
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        await Deliver(address, "Terms of the lease");
        await page.GetByText("Terms of the lease").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Terms of the lease" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New message" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true }).FillAsync("bob@demo.localhost");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Subject" }).FillAsync("Not yet sent");
        await page.GetByLabel("Search mail").FillAsync("from:oscar lea");
        await EndSessions(address);
        await Expect(SignInAgain(page)).ToBeVisibleAsync();
        var where = page.Url;
        await SignInAgain(page).ClickAsync();
        await EnterPassword(person, address);
        await page.WaitForURLAsync(where);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Terms of the lease" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Subject" })).ToHaveValueAsync("Not yet sent");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Message: Not yet sent" }).GetByText("bob@demo.localhost")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Search mail")).ToHaveValueAsync("from:oscar lea");
        FaultsBeyond(person, 400, 401).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_under_way_when_the_session_ends_is_not_lost_once_the_person_is_back()
    {
        var (person, address) = await Newcomer();
        await using var _ = person;
        var page = person.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "New message" }).ClickAsync();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/jmap/api", async route =>
        {
            if (route.Request.PostData?.Contains("In flight", StringComparison.Ordinal) == true && held.TrySetResult()) await go.Task;
            await route.ContinueAsync();
        });
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Subject" }).FillAsync("In flight");
        await held.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        await EndSessions(address);
        go.SetResult();
        await Expect(SignInAgain(page)).ToBeVisibleAsync();

        // Signing in through another tab goes on here, on the page as it is.
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/mail");
        await SignInAgain(other).ClickAsync();
        await other.Locator("input[name=user]").FillAsync(address);
        await other.Locator("input[name=password]").FillAsync(Password);
        await other.Locator("input[name=password]").PressAsync("Enter");
        await ShouldShowInbox(other);
        await Expect(SignInAgain(page)).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Subject" })).ToHaveValueAsync("In flight");
        await Expect(page.GetByText("Draft saved")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        using var mail = new JmapClient(Place.Server.Url, address, Password);
        var account = await mail.Account();
        var drafts = await mail.Emails(account, await mail.MailboxWithRole(account, "drafts"), "subject");
        drafts.Select(draft => (string?)draft["subject"]).ShouldBe(["In flight"]);
        FaultsBeyond(person, 400, 401).ShouldBeEmpty();
    }
}
