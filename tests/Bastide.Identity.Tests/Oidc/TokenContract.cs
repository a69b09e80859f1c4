using System.Net;
using System.Text.Json.Nodes;

namespace Bastide.Identity.Tests.Oidc;

public abstract class TokenContract(IdentityFixture fixture)
{
    [Fact]
    public async Task Refreshing_gives_a_new_pair_and_the_session_goes_on()
    {
        var (browser, client, _) = await SignedIn();
        using (browser)
        {
            var first = await client.Tokens();
            var second = await client.Refresh(first.Text("refresh_token")!);
            second.Status().ShouldBe(200, second.ToJsonString());
            second.Text("refresh_token").ShouldNotBe(first.Text("refresh_token"));
            JsonAnswers.Claims(second.Text("access_token")!).Text("sid").ShouldBe(JsonAnswers.Claims(first.Text("access_token")!).Text("sid"));
            (await browser.WithToken("/jmap/whoami", second.Text("access_token")!)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_refresh_token_that_was_rotated_and_comes_again_ends_the_whole_chain()
    {
        var (browser, client, person) = await SignedIn();
        using (browser)
        {
            var first = await client.Tokens();
            var second = await client.Refresh(first.Text("refresh_token")!);
            var stolen = await client.Refresh(first.Text("refresh_token")!);
            (stolen.Status(), stolen.Text("error")).ShouldBe((400, "invalid_grant"));
            (await client.Refresh(second.Text("refresh_token")!)).Text("error").ShouldBe("invalid_grant");
            (await browser.WithToken("/jmap/whoami", second.Text("access_token")!)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await browser.WithToken("/jmap/whoami", first.Text("access_token")!)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await fixture.AuditOf(person.Address)).ShouldContain(row => row.Action == "session.end" && row.Detail!.Contains("used twice"));
            // What else the person has goes on.
            (await client.Tokens()).Status().ShouldBe(200);
        }
    }

    [Fact]
    public async Task Two_refreshes_at_once_give_one_chain_at_most()
    {
        var (browser, client, _) = await SignedIn();
        using (browser)
        {
            var token = (await client.Tokens()).Text("refresh_token")!;
            var answers = await Task.WhenAll(client.Refresh(token), client.Refresh(token), client.Refresh(token));
            answers.Count(answer => answer.Status() == 200).ShouldBeLessThanOrEqualTo(1);
            foreach (var refused in answers.Where(answer => answer.Status() != 200)) (refused.Status(), refused.Text("error")).ShouldBe((400, "invalid_grant"));
            foreach (var first in answers.Where(answer => answer.Status() == 200)) (await client.Refresh(first.Text("refresh_token")!)).Text("error").ShouldBe("invalid_grant");
        }
    }

    [Fact]
    public async Task A_refresh_may_ask_for_less_and_never_for_more()
    {
        var (browser, client, _) = await SignedIn();
        using (browser)
        {
            var tokens = await client.Tokens("openid offline_access mail calendar");
            var narrow = await client.Refresh(tokens.Text("refresh_token")!, ("scope", "mail"));
            JsonAnswers.Claims(narrow.Text("access_token")!).Text("scope").ShouldBe("mail");
            var wide = await client.Refresh((await client.Tokens()).Text("refresh_token")!, ("scope", "mail files"));
            (wide.Status(), wide.Text("error")).ShouldBe((400, "invalid_grant"));
        }
    }

    [Fact]
    public async Task Without_offline_access_there_is_no_refresh_token()
    {
        var (browser, client, _) = await SignedIn();
        using (browser)
            (await client.Tokens("openid mail")).ContainsKey("refresh_token").ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_does_what_its_scopes_say_and_no_more()
    {
        var (browser, client, _) = await SignedIn();
        using (browser)
        {
            var mail = (await client.Tokens("openid mail")).Text("access_token")!;
            (await (await browser.WithToken("/jmap/scopes", mail)).Content.ReadAsStringAsync()).ShouldBe("mail openid");
            (await browser.WithToken("/admin/api/domains", mail)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            var bare = (await client.Tokens("openid profile")).Text("access_token")!;
            using var answer = await browser.WithToken("/jmap/whoami", bare);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            answer.Headers.WwwAuthenticate.ToString().ShouldContain("insufficient_scope");
            using var unknown = await client.Ask(Browser.NewVerifier(), "openid everything");
            unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            // Somebody who administers nothing gets the scope from nobody.
            var asked = await client.Tokens("openid mail admin");
            JsonAnswers.Claims(asked.Text("access_token")!).Text("scope").ShouldBe("openid mail");
        }
    }

    [Fact]
    public async Task An_access_token_expires_after_ten_minutes()
    {
        var (browser, client, _) = await SignedIn();
        using (browser)
        {
            var tokens = await client.Tokens();
            var claims = JsonAnswers.Claims(tokens.Text("access_token")!);
            ((long)claims["exp"]! - (long)claims["iat"]!).ShouldBe(600);
            fixture.Time.Advance(TimeSpan.FromMinutes(11));
            using var answer = await browser.WithToken("/jmap/whoami", tokens.Text("access_token")!);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            answer.Headers.WwwAuthenticate.ToString().ShouldContain("expired");
            (await client.Refresh(tokens.Text("refresh_token")!)).Status().ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_forged_or_altered_token_is_refused()
    {
        var (browser, client, _) = await SignedIn();
        using (browser)
        {
            var token = (await client.Tokens()).Text("access_token")!;
            var parts = token.Split('.');
            var none = Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode("""{"alg":"none","typ":"at+jwt"}"""u8);
            foreach (var forged in new[] { $"{none}.{parts[1]}.", $"{parts[0]}.{parts[1]}.{new string([.. parts[2].Reverse()])}", "x", parts[0] })
                (await browser.WithToken("/jmap/whoami", forged)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, forged);
        }
    }

    [Fact]
    public async Task Revoking_either_token_ends_both()
    {
        var (browser, client, _) = await SignedIn();
        using (browser)
            foreach (var kind in new[] { "access_token", "refresh_token" })
            {
                var tokens = await client.Tokens();
                (await browser.Post("/connect/revoke", ("client_id", client.ClientId), ("token", tokens.Text(kind)!))).Status().ShouldBe(200);
                (await browser.WithToken("/jmap/whoami", tokens.Text("access_token")!)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
                (await client.Refresh(tokens.Text("refresh_token")!)).Text("error").ShouldBe("invalid_grant");
            }
    }

    [Fact]
    public async Task Revoking_what_is_no_token_or_another_applications_changes_nothing()
    {
        var (browser, client, _) = await SignedIn();
        using (browser)
        {
            var other = await OidcApplication.Register(browser);
            var tokens = await client.Tokens();
            await browser.Post("/connect/revoke", ("client_id", client.ClientId), ("token", "nothing"));
            await browser.Post("/connect/revoke", ("client_id", other.ClientId), ("token", tokens.Text("refresh_token")!));
            (await browser.WithToken("/jmap/whoami", tokens.Text("access_token")!)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await client.Refresh(tokens.Text("refresh_token")!)).Status().ShouldBe(200);
        }
    }

    [Fact]
    public async Task Introspection_tells_an_application_of_its_own_tokens()
    {
        var (browser, client, person) = await SignedIn();
        using (browser)
        {
            var tokens = await client.Tokens();
            var active = await Introspect(browser, client.ClientId, tokens.Text("access_token")!);
            ((bool)active["active"]!).ShouldBeTrue();
            active.Text("sub").ShouldBe(person.Account.ToString());
            active.Text("client_id").ShouldBe(client.ClientId);
            active.Text("token_type").ShouldBe("Bearer");
            var other = await OidcApplication.Register(browser);
            ((bool)(await Introspect(browser, other.ClientId, tokens.Text("refresh_token")!))["active"]!).ShouldBeFalse();
            await browser.Post("/connect/revoke", ("client_id", client.ClientId), ("token", tokens.Text("refresh_token")!));
            var ended = await Introspect(browser, client.ClientId, tokens.Text("access_token")!);
            ((bool)ended["active"]!).ShouldBeFalse();
            ended.ContainsKey("sub").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Userinfo_says_what_the_scopes_let_it()
    {
        var (browser, client, person) = await SignedIn();
        using (browser)
        {
            var full = await UserInfo(browser, (await client.Tokens("openid profile email")).Text("access_token")!);
            full.Text("sub").ShouldBe(person.Account.ToString());
            full.Text("email").ShouldBe(person.Address);
            full.Text("preferred_username").ShouldBe(person.Address);
            var least = await UserInfo(browser, (await client.Tokens("openid")).Text("access_token")!);
            least.Select(member => member.Key).ShouldBe(["sub"]);
            using var nobody = await browser.Get("/connect/userinfo");
            ((int)nobody.StatusCode).ShouldBeOneOf(400, 401);
            nobody.Headers.WwwAuthenticate.ToString().ShouldContain("Bearer");
        }
    }

    static Task<JsonObject> Introspect(Browser browser, string clientId, string token) => browser.Post("/connect/introspect", ("client_id", clientId), ("token", token));

    static async Task<JsonObject> UserInfo(Browser browser, string token)
    {
        using var answer = await browser.WithToken("/connect/userinfo", token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    async Task<(Browser Browser, OidcApplication Client, Person Person)> SignedIn()
    {
        var person = await fixture.AddPerson();
        var browser = fixture.NewBrowser();
        (await browser.SignIn(person.Address, IdentityFixture.Password)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return (browser, OidcApplication.WebClient(browser), person);
    }
}

public sealed class TokenOnSqlite(IdentityOnSqlite fixture) : TokenContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class TokenOnPostgres(IdentityOnPostgres fixture) : TokenContract(fixture), IClassFixture<IdentityOnPostgres>;
