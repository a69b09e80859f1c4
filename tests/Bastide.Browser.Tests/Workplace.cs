using Bastide.Testing;
using Microsoft.Playwright;

namespace Bastide.Browser;

/// <summary>The demo workplace and one Chromium for the tests of a class; each person gets a context of their own.</summary>
public sealed class Workplace : IAsyncLifetime
{
    public const string Password = "bastide-demo";
    IPlaywright _playwright = null!;

    public RunningWorkplace Server { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningWorkplace.Start(environment: new Dictionary<string, string> { ["BASTIDE_TEST__NOLIMITS"] = "true" });
        _playwright = await Playwright.CreateAsync();
        // As patient as the other tests are: what is waited for may share two cores with much else.
        Assertions.SetDefaultExpectTimeout(20_000);
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Opens the web client and signs a person in; the inbox shows when this answers.</summary>
    public async Task<Person> SignIn(string local, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } };
        options.Locale ??= "en-GB";
        options.BaseURL = Server.Url.ToString();
        var context = await Browser.NewContextAsync(options);
        var page = await context.NewPageAsync();
        var person = new Person(context, page, Server.Url);
        await page.GotoAsync("/");
        await page.Locator("input[name=user]").FillAsync($"{local}@demo.localhost");
        await page.Locator("input[name=password]").FillAsync(Password);
        await page.Locator("input[name=password]").PressAsync("Enter");
        await page.WaitForURLAsync("**/mail**");
        return person;
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        await Server.DisposeAsync();
    }
}
