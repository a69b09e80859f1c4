using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>What is fetched before the inbox shows, and what stays on the machine afterwards.</summary>
public sealed class ShellStartTests(Workplace workplace) : ShellPages(workplace), IClassFixture<Workplace>
{
    [Theory]
    [InlineData("en-GB")]
    [InlineData("fr-FR")]
    public async Task At_most_350_KB_of_script_are_fetched_before_the_inbox_shows_and_nothing_from_elsewhere(string locale)
    {
        await using var person = await Open(locale);
        var page = person.Page;
        var scripts = new ConcurrentDictionary<string, IRequest>();
        page.RequestFinished += (_, request) =>
        {
            if (request.ResourceType == "script") scripts.TryAdd(request.Url, request);
        };
        await page.GotoAsync("/");
        await EnterPassword(person, "alice@demo.localhost", Workplace.Password);
        await ShouldShowInbox(page);
        await Expect(page.GetByText("Budget 2027").First).ToBeVisibleAsync();
        var fetched = scripts.ToArray();
        fetched.ShouldContain(each => each.Key.Contains("/assets/", StringComparison.Ordinal));
        var octets = 0;
        foreach (var (_, request) in fetched) octets += (await request.SizesAsync()).ResponseBodySize;
        octets.ShouldBeInRange(50 * 1024, 350 * 1024, string.Join('\n', fetched.Select(each => each.Key)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{octets / 1024} KB in {fetched.Length} files");
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_client_is_installable()
    {
        await using var person = await Open();
        var page = person.Page;
        await page.GotoAsync("/");
        await EnterPassword(person, "alice@demo.localhost", Workplace.Password);
        await ShouldShowInbox(page);
        var manifest = await page.EvaluateAsync<string[]>("""
            async () => {
              const link = document.querySelector('link[rel=manifest]');
              const answer = await fetch(link.href);
              const manifest = await answer.json();
              const pictures = await Promise.all(manifest.icons.map(async ({ src, sizes, type }) => {
                const picture = await fetch(src);
                if (type !== picture.headers.get('content-type').split(';')[0]) return `${src} is ${picture.headers.get('content-type')}`;
                const image = new Image();
                image.src = src;
                await image.decode();
                const real = `${image.naturalWidth}x${image.naturalHeight}`;
                return sizes === 'any' || sizes === real ? 'good' : `${src} is ${real}`;
              }));
              return [answer.headers.get('content-type').split(';')[0], manifest.name, manifest.display, manifest.start_url, ...new Set(pictures)];
            }
            """);
        manifest.ShouldBe(["application/manifest+json", "Bastide", "standalone", "/", "good"]);

        await page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        var devtools = await page.Context.NewCDPSessionAsync(page);
        var parsed = (await devtools.SendAsync("Page.getAppManifest"))!.Value;
        parsed.GetProperty("errors").GetArrayLength().ShouldBe(0);
        var errors = (await devtools.SendAsync("Page.getInstallabilityErrors"))!.Value.GetProperty("installabilityErrors");
        // A browser context of the test is as a private window, where nothing is installed.
        errors.EnumerateArray().Select(error => error.GetProperty("errorId").GetString()).ShouldBe(["in-incognito"]);
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_shell_opens_without_a_network()
    {
        var (person, _) = await Newcomer();
        await using var __ = person;
        var page = person.Page;
        await page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Apps" })).ToBeVisibleAsync();
        await Expect(page.GetByText("You are offline.")).ToBeVisibleAsync();
        await page.GotoAsync("/settings");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Settings", Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Mail", Exact = true }).ClickAsync();
        await page.Context.SetOfflineAsync(false);
        await ShouldShowInbox(page);
        await Expect(page.GetByText("All done")).ToBeVisibleAsync();
        await Expect(page.GetByText("You are offline.")).ToHaveCountAsync(0);
    }
}
