using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Identity.Tests.Pages;

/// <summary>What no other site can do to a person of this workplace through its pages.</summary>
public abstract partial class PageSafetyContract(IdentityFixture fixture)
{
    static readonly string[] Sections = ["/account", "/account/password", "/account/two-step", "/account/passkeys", "/account/sessions", "/account/app-passwords"];

    [Fact]
    public async Task Every_form_is_refused_without_the_token_of_our_own_page()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        await browser.SignIn(person.Address, IdentityFixture.Password);
        using var stranger = fixture.NewBrowser();
        var foreign = Token().Match(await (await stranger.Get("/signin")).Content.ReadAsStringAsync()).Groups[1].Value;
        foreign.ShouldNotBeEmpty();
        var forms = fixture.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => path.StartsWith("/account", StringComparison.Ordinal) || path.StartsWith("/signin", StringComparison.Ordinal))
            .Where(path => path != "/signin/passkey/options")
            .ToList();
        forms.Count.ShouldBeGreaterThan(12);
        foreach (var path in forms)
        {
            foreach (var token in (string[])["", foreign, "nonsense"])
            {
                using var answer = await browser.Http.PostAsync(path, new FormUrlEncodedContent(new Dictionary<string, string>
                {
                    ["__RequestVerificationToken"] = token,
                    ["user"] = person.Address,
                    ["password"] = IdentityFixture.Password,
                    ["label"] = "theirs",
                    ["scope"] = "mail",
                    ["current"] = IdentityFixture.Password,
                    ["new"] = "a password of the attacker",
                    ["repeat"] = "a password of the attacker",
                }));
                answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
            }
        }

        (await fixture.SignIn(person.Address, IdentityFixture.Password)).ShouldNotBeNull();
        (await (await browser.Get("/account/app-passwords")).Content.ReadAsStringAsync()).ShouldContain("You have none.");
        (await browser.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task No_page_can_be_framed_or_runs_a_script_that_is_not_ours_or_is_kept()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        await browser.SignIn(person.Address, IdentityFixture.Password);
        foreach (var path in (string[])["/signin?again=1", "/signin/signed-out", "/signin/device", "/signin/nothing", "/account/nothing", "/connect/verify", "/connect/endsession", "/connect/authorize?client_id=x", .. Sections])
        {
            using var answer = await browser.Get(path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("default-src 'none'", customMessage: path);
            policy.ShouldContain("frame-ancestors 'none'");
            policy.ShouldContain("base-uri 'none'");
            policy.ShouldNotContain("unsafe");
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue(path);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            var html = await answer.Content.ReadAsStringAsync();
            html.ShouldContain("<html lang=\"en\">");
            Inline().IsMatch(html).ShouldBeFalse($"{path} has a script, a style or a handler of its own");
        }
    }

    [Fact]
    public async Task The_cookies_are_out_of_reach_of_scripts_and_of_other_sites()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        using var page = await browser.Get("/signin?ui_locales=en");
        using var answer = await browser.SignIn(person.Address, IdentityFixture.Password);
        var cookies = page.Headers.GetValues("Set-Cookie").Concat(answer.Headers.GetValues("Set-Cookie")).ToList();
        cookies.Select(c => c.Split('=')[0]).ShouldBe(["bastide-form", "bastide-language", "bastide-session", "bastide-device"], ignoreOrder: true);
        foreach (var cookie in cookies)
        {
            cookie.ShouldContain("httponly", Case.Insensitive);
            cookie.ShouldMatch("(?i)samesite=(lax|strict)");
        }
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example/")]
    [InlineData("/\t/evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("account")]
    [InlineData("")]
    public async Task Signing_in_never_ends_elsewhere(string to)
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        using var answer = await browser.SignIn(person.Address, IdentityFixture.Password, "/signin?return=" + Uri.EscapeDataString(to));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.ToString().ShouldBe("/account");
        using var again = await browser.Get("/signin?return=" + Uri.EscapeDataString(to));
        again.Headers.Location!.ToString().ShouldBe("/account");
    }

    [Fact]
    public async Task Without_signing_in_every_page_asks_for_it_and_comes_back()
    {
        var person = await fixture.AddPerson();
        foreach (var path in Sections)
        {
            using var browser = fixture.NewBrowser();
            using var asked = await browser.Get(path);
            asked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            using var answer = await browser.SignIn(person.Address, IdentityFixture.Password, asked.Headers.Location!.ToString());
            answer.Headers.Location!.ToString().ShouldBe(path);
        }
    }

    [Fact]
    public async Task What_would_let_somebody_stay_asks_again_who_it_is_after_a_while()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        await browser.SignIn(person.Address, IdentityFixture.Password);
        var form = await (await browser.Get("/account/app-passwords")).Content.ReadAsStringAsync();
        fixture.Time.Advance(TimeSpan.FromMinutes(16));
        foreach (var path in (string[])["/account/two-step", "/account/passkeys", "/account/app-passwords"])
        {
            using var answer = await browser.Get(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            answer.Headers.Location!.ToString().ShouldContain("again=1");
        }

        using var late = await browser.Submit(form, "/account/app-passwords", ("label", "late"), ("scope", "mail"));
        late.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var again = await browser.SignIn(person.Address, IdentityFixture.Password, late.Headers.Location!.ToString());
        again.Headers.Location!.ToString().ShouldBe("/account/app-passwords");
        (await (await browser.Get("/account/app-passwords")).Content.ReadAsStringAsync()).ShouldContain("You have none.");
        (await browser.Get("/account/sessions")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_a_person_or_a_stranger_writes_is_text_and_never_markup()
    {
        const string Markup = "<img src=x onerror=alert(1)>\"'&";
        var person = await fixture.AddPerson();
        (await fixture.People.Update(person.Address, Markup, null, false, Actor.Operator, fixture.Cancellation)).ShouldBeNull();
        using var browser = fixture.NewBrowser();
        await browser.SignIn(person.Address, IdentityFixture.Password);
        var form = await (await browser.Get("/account/app-passwords")).Content.ReadAsStringAsync();
        await browser.Submit(form, "/account/app-passwords", ("label", Markup), ("scope", "mail"));
        using var stranger = fixture.NewBrowser();
        var pages = new List<string>
        {
            await (await browser.Get("/account")).Content.ReadAsStringAsync(),
            await (await browser.Get("/account/app-passwords")).Content.ReadAsStringAsync(),
            await (await browser.Get("/account/sessions")).Content.ReadAsStringAsync(),
            await (await stranger.Get("/signin?login_hint=" + Uri.EscapeDataString(Markup) + "&return=" + Uri.EscapeDataString("/" + Markup))).Content.ReadAsStringAsync(),
            await (await stranger.SignIn(Markup, "wrong wrong wrong")).Content.ReadAsStringAsync(),
        };
        foreach (var page in pages)
        {
            page.ShouldNotContain("<img src=x");
            page.ShouldContain("&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;");
        }
    }

    [Fact]
    public async Task A_form_that_is_too_large_or_cannot_be_read_is_refused_and_not_held()
    {
        using var browser = fixture.NewBrowser();
        var large = new string('x', 1_000_000);
        foreach (var path in (string[])["/signin", "/signin/code", "/account/password", "/connect/token", "/connect/register"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("password=" + large, Encoding.ASCII, "application/x-www-form-urlencoded") };
            // Asks before it sends: the server hangs up on who goes on sending.
            request.Headers.ExpectContinue = true;
            using var answer = await browser.Http.SendAsync(request);
            if (path == "/connect/token") answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
            else ((int)answer.StatusCode).ShouldBeInRange(300, 499, path);
        }

        using var broken = new StringContent("this is no multipart", Encoding.ASCII);
        broken.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var other = fixture.NewBrowser();
        using var refused = await other.Http.PostAsync("/signin", broken);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Every_page_that_fails_answers_with_a_page()
    {
        // Nothing works where no service is to be had.
        await using var nothing = new ServiceCollection().AddLogging().BuildServiceProvider();
        var failed = 0;
        foreach (var endpoint in fixture.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (!path.StartsWith("/account", StringComparison.Ordinal) && !path.StartsWith("/signin", StringComparison.Ordinal)) continue;
            var context = new DefaultHttpContext { RequestServices = nothing };
            context.Request.Path = path;
            context.Request.Method = "GET";
            await endpoint.RequestDelegate!(context);
            if (context.Response.StatusCode == 500) failed++;
        }

        failed.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task A_form_s_address_asked_for_as_a_page_is_the_page_of_the_form()
    {
        using var browser = fixture.NewBrowser();
        (await browser.Get("/account/two-step/on")).Headers.Location!.ToString().ShouldBe("/account/two-step");
        (await browser.Get("/account/nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Get("/signin/nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("""<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}

public sealed class PageSafetyOnSqlite(IdentityOnSqlite fixture) : PageSafetyContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class PageSafetyOnPostgres(IdentityOnPostgres fixture) : PageSafetyContract(fixture), IClassFixture<IdentityOnPostgres>;
