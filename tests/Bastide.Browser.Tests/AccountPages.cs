using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Bastide.Browser;

/// <summary>What the tests of the sign-in and account pages share. Each test has a person of its own.</summary>
public abstract class AccountPages(Workplace workplace)
{
    public const string Password = "correct horse battery";
    static int _people;

    /// <summary>The rules every page is held to.</summary>
    static readonly string[] Tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    protected Workplace Place => workplace;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Somebody new, made by the administrator while the server runs.</summary>
    protected async Task<string> AddPerson()
    {
        var address = $"guest{Interlocked.Increment(ref _people)}@demo.localhost";
        using var http = new HttpClient { BaseAddress = workplace.Server.Url };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"chloe@demo.localhost:{Workplace.Password}")));
        using var answer = await http.PostAsJsonAsync("admin/api/users", new { address, name = "Geraldine Guest", password = Password }, Cancellation);
        answer.EnsureSuccessStatusCode();
        return address;
    }

    /// <summary>A browser of its own, on the sign-in page's doorstep.</summary>
    protected async Task<Person> Open(string locale = "en-GB", ColorScheme scheme = ColorScheme.Light, int width = 1280, bool withScript = true)
    {
        var context = await workplace.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = locale,
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            BaseURL = workplace.Server.Url.ToString(),
            JavaScriptEnabled = withScript,
        });
        return new Person(context, await context.NewPageAsync(), workplace.Server.Url);
    }

    /// <summary>Signs in with the password; where that leads is for the test to say.</summary>
    protected static async Task SignIn(Person person, string address, string password = Password)
    {
        await person.Page.GotoAsync("/signin");
        await EnterPassword(person, address, password);
    }

    /// <summary>Fills in the sign-in page that shows.</summary>
    protected static async Task EnterPassword(Person person, string address, string password = Password)
    {
        await person.Page.Locator("input[name=user]").FillAsync(address);
        await person.Page.Locator("input[name=password]").FillAsync(password);
        await person.Page.Locator("input[name=password]").PressAsync("Enter");
    }

    /// <summary>The accessibility rules hold on the page that shows, or one part of it, and nothing overflows the page to the side.</summary>
    protected static async Task ShouldBeAccessible(IPage page, ILocator? within = null, params string[] butFor)
    {
        // The library's own way puts the script into a new page for every look, which takes longer than looking.
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Axe);
        var violations = await (within ?? page.Locator("html")).EvaluateAsync<string[]>("""
            async (part, [tags, butFor]) => {
              const { violations } = await axe.run(part === document.documentElement ? document : part, {
                runOnly: { type: 'tag', values: tags },
                rules: Object.fromEntries(butFor.map((rule) => [rule, { enabled: false }])),
                resultTypes: ['violations'],
                iframes: false,
              });
              return violations.map(({ id, help, nodes }) => `${location.href} ${id}: ${help} (${nodes.slice(0, 3).map(({ html }) => html).join(' | ')})`);
            }
            """, new[] { Tags, butFor });
        violations.ShouldBeEmpty();
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, page.Url);
    }

    /// <summary>The code an authenticator app shows for a key, RFC 6238 with SHA-1, six digits and thirty seconds.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 as every authenticator app implements it.")]
    protected static string Totp(string base32, DateTimeOffset at)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(base32.Where(c => c != ' ').Select(c => Convert.ToString(Alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = BitConverter.GetBytes(at.ToUnixTimeSeconds() / 30);
        Array.Reverse(counter);
        var hash = HMACSHA1.HashData(key, counter);
        var offset = hash[^1] & 15;
        var number = ((hash[offset] & 0x7f) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return (number % 1_000_000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }
}
