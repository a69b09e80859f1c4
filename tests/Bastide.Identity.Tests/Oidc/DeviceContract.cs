using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace Bastide.Identity.Tests.Oidc;

public abstract class DeviceContract(IdentityFixture fixture)
{
    const string Grant = "urn:ietf:params:oauth:grant-type:device_code";

    [Fact]
    public async Task A_device_is_let_in_by_the_code_it_shows()
    {
        var (browser, client, person) = await SignedIn();
        using (browser)
        {
            var asked = await Ask(browser, client);
            asked.Text("user_code")!.ShouldMatch("^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$");
            asked.Text("verification_uri").ShouldBe(new Uri(fixture.Url, "connect/verify").AbsoluteUri);
            (await Poll(browser, client, asked)).Text("error").ShouldBe("authorization_pending");

            var page = await (await browser.Get("/connect/verify?user_code=" + asked.Text("user_code"))).Content.ReadAsStringAsync();
            page.ShouldContain("Reader");
            (await Poll(browser, client, asked)).Text("error").ShouldBe("authorization_pending", "a link with the code alone decides nothing");
            using var done = await browser.Follow(await browser.Submit(page, "/connect/verify", ("decision", "allow")));
            done.StatusCode.ShouldBe(HttpStatusCode.OK, await done.Content.ReadAsStringAsync());

            var tokens = await Poll(browser, client, asked);
            tokens.Status().ShouldBe(200, tokens.ToJsonString());
            using var who = await browser.WithToken("/jmap/whoami", tokens.Text("access_token")!);
            (await who.Content.ReadAsStringAsync()).ShouldBe(person.Address);
            (await Poll(browser, client, asked)).Text("error").ShouldBe("invalid_grant");
        }
    }

    [Fact]
    public async Task Who_asks_for_codes_without_end_is_told_to_slow_down_and_others_are_not()
    {
        var (browser, client, _) = await SignedIn();
        using (browser)
        {
            browser.Http.DefaultRequestHeaders.Add("X-Test-Remote", "127.0.7.210");
            JsonObject answer;
            var asked = 0;
            var began = Stopwatch.GetTimestamp();
            do answer = await TryAsk(browser, client);
            while (answer.Status() == 200 && ++asked < 100);
            (answer.Status(), answer.Text("error")).ShouldBe((400, "slow_down"));
            // One more is given every ten seconds.
            asked.ShouldBeInRange(60, 60 + (int)(Stopwatch.GetElapsedTime(began).TotalSeconds / 10));
            browser.Http.DefaultRequestHeaders.Remove("X-Test-Remote");
            browser.Http.DefaultRequestHeaders.Add("X-Test-Remote", "127.0.7.211");
            (await Ask(browser, client)).Status().ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_device_the_person_refuses_is_told_so()
    {
        var (browser, client, _) = await SignedIn();
        using (browser)
        {
            var asked = await Ask(browser, client);
            var page = await (await browser.Get("/connect/verify?user_code=" + asked.Text("user_code"))).Content.ReadAsStringAsync();
            using var done = await browser.Follow(await browser.Submit(page, "/connect/verify", ("decision", "deny")));
            done.StatusCode.ShouldBe(HttpStatusCode.OK, await done.Content.ReadAsStringAsync());
            (await Poll(browser, client, asked)).Text("error").ShouldBe("access_denied");
        }
    }

    [Fact]
    public async Task The_page_asks_who_is_there_and_for_a_code_it_knows()
    {
        using var browser = fixture.NewBrowser();
        using var stranger = await browser.Get("/connect/verify?user_code=BBBB-BBBB");
        stranger.Headers.Location!.ToString().ShouldStartWith("/signin?");
        var person = await fixture.AddPerson();
        await browser.SignIn(person.Address, IdentityFixture.Password);
        using var empty = await browser.Get("/connect/verify");
        (await empty.Content.ReadAsStringAsync()).ShouldContain("name=\"user_code\"");
        for (var guess = 0; guess < 10; guess++)
        {
            using var wrong = await browser.Get("/connect/verify?user_code=BBBB-BBBB");
            wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        using var guesser = await browser.Get("/connect/verify?user_code=BBBB-BBBB");
        guesser.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Another_site_cannot_decide_for_the_person()
    {
        var (browser, client, _) = await SignedIn();
        using (browser)
        {
            var asked = await Ask(browser, client);
            (await browser.Http.PostAsync("/connect/verify", new FormUrlEncodedContent([new("user_code", asked.Text("user_code")!), new("decision", "allow")]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await Poll(browser, client, asked)).Text("error").ShouldBe("authorization_pending");
        }
    }

    static async Task<JsonObject> Ask(Browser browser, OidcApplication client)
    {
        var asked = await TryAsk(browser, client);
        asked.Status().ShouldBe(200, asked.ToJsonString());
        return asked;
    }

    static Task<JsonObject> TryAsk(Browser browser, OidcApplication client) =>
        browser.Post("/connect/device", ("client_id", client.ClientId), ("scope", "openid offline_access mail"));

    static Task<JsonObject> Poll(Browser browser, OidcApplication client, JsonObject asked) =>
        browser.Token(("grant_type", Grant), ("client_id", client.ClientId), ("device_code", asked.Text("device_code")!));

    async Task<(Browser Browser, OidcApplication Client, Person Person)> SignedIn()
    {
        var person = await fixture.AddPerson();
        var browser = fixture.NewBrowser();
        (await browser.SignIn(person.Address, IdentityFixture.Password)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return (browser, await OidcApplication.Register(browser), person);
    }
}

public sealed class DeviceOnSqlite(IdentityOnSqlite fixture) : DeviceContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class DeviceOnPostgres(IdentityOnPostgres fixture) : DeviceContract(fixture), IClassFixture<IdentityOnPostgres>;
