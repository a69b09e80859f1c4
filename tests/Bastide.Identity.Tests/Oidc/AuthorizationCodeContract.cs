using System.Net;

namespace Bastide.Identity.Tests.Oidc;

public abstract class AuthorizationCodeContract(IdentityFixture fixture)
{
    [Fact]
    public async Task The_web_client_signs_a_person_in_with_a_code_and_PKCE()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        var tokens = await browser.Authorize(person.Address, IdentityFixture.Password);
        tokens.Status().ShouldBe(200, tokens.ToJsonString());
        ((int)tokens["expires_in"]!).ShouldBeInRange(590, 600);
        tokens.Text("token_type").ShouldBe("Bearer");
        var claims = JsonAnswers.Claims(tokens.Text("id_token")!);
        claims.Text("sub").ShouldBe(person.Account.ToString());
        claims.Text("email").ShouldBe(person.Address);
        claims.Text("nonce").ShouldBe("n-1");
        claims.Text("iss").ShouldBe(fixture.Url.AbsoluteUri);
        using var answer = await browser.WithToken("/jmap/whoami", tokens.Text("access_token")!);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(person.Address);
    }

    // A request that is wrong in itself gets a page, never a redirect: who wrote it may not be the application (RFC 9700 §4.11.2).
    [Fact]
    public async Task A_request_without_PKCE_is_refused()
    {
        var (browser, client) = await SignedIn();
        using (browser)
        {
            using var without = await browser.Get("/connect/authorize?response_type=code&client_id=bastide-web&scope=openid&state=xyz&redirect_uri=" + Uri.EscapeDataString(new Uri(fixture.Url, "callback").AbsoluteUri));
            without.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await without.Content.ReadAsStringAsync()).ShouldContain("code_challenge");
            using var plain = await client.Ask("a-verifier-that-is-sent-as-it-is-and-long-enough", more: ("code_challenge_method", "plain"));
            plain.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task The_wrong_verifier_or_none_gets_no_tokens()
    {
        var (browser, client) = await SignedIn();
        using (browser)
        {
            var code = await client.Code(Browser.NewVerifier());
            var wrong = await client.Redeem(code, Browser.NewVerifier());
            (wrong.Status(), wrong.Text("error")).ShouldBe((400, "invalid_grant"));
            wrong.ContainsKey("access_token").ShouldBeFalse();
            var none = await browser.Token(("grant_type", "authorization_code"), ("client_id", client.ClientId), ("code", await client.Code(Browser.NewVerifier())), ("redirect_uri", new Uri(fixture.Url, "callback").AbsoluteUri));
            none.Status().ShouldBe(400);
            none.ContainsKey("access_token").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_code_used_twice_is_refused_and_ends_what_came_of_it()
    {
        var (browser, client) = await SignedIn();
        using (browser)
        {
            var verifier = Browser.NewVerifier();
            var code = await client.Code(verifier);
            var tokens = await client.Redeem(code, verifier);
            var again = await client.Redeem(code, verifier);
            (again.Status(), again.Text("error")).ShouldBe((400, "invalid_grant"));
            (await browser.WithToken("/jmap/whoami", tokens.Text("access_token")!)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await client.Refresh(tokens.Text("refresh_token")!)).Text("error").ShouldBe("invalid_grant");
        }
    }

    [Fact]
    public async Task A_code_works_for_its_own_application_and_redirect_URI()
    {
        var (browser, client) = await SignedIn();
        using (browser)
        {
            var other = await OidcApplication.Register(browser);
            var verifier = Browser.NewVerifier();
            (await client.Redeem(await client.Code(verifier), verifier, OidcApplication.Redirect)).Text("error").ShouldBe("invalid_grant");
            (await other.Redeem(await client.Code(verifier), verifier)).Text("error").ShouldBe("invalid_grant");
        }
    }

    [Fact]
    public async Task A_redirect_URI_that_is_not_registered_gets_a_page_and_no_redirect()
    {
        var (browser, _) = await SignedIn();
        using (browser)
        {
            using var answer = await browser.Get(browser.AuthorizeAddress(Browser.NewVerifier(), redirect: "https://thief.example/callback"));
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            answer.Headers.Location.ShouldBeNull();
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
            using var unknown = await browser.Get(browser.AuthorizeAddress(Browser.NewVerifier(), clientId: "nobody"));
            unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task The_implicit_and_password_grants_are_not_spoken()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        var password = await browser.Token(("grant_type", "password"), ("client_id", "bastide-web"), ("username", person.Address), ("password", IdentityFixture.Password));
        password.Text("error").ShouldBe("unsupported_grant_type");
        using var implicitly = await browser.Get(browser.AuthorizeAddress(Browser.NewVerifier(), more: ("response_type", "token")));
        implicitly.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Prompt_none_answers_without_a_page()
    {
        using var browser = fixture.NewBrowser();
        var client = OidcApplication.WebClient(browser);
        using (var stranger = await client.Ask(Browser.NewVerifier(), more: ("prompt", "none")))
            OidcApplication.QueryOf(stranger)["error"].ShouldBe("login_required");
        var person = await fixture.AddPerson();
        await browser.SignIn(person.Address, IdentityFixture.Password);
        using (var known = await client.Ask(Browser.NewVerifier(), more: ("prompt", "none")))
            OidcApplication.QueryOf(known).ShouldContainKey("code");
        var other = await OidcApplication.Register(browser);
        using (var unasked = await other.Ask(Browser.NewVerifier(), more: ("prompt", "none")))
            OidcApplication.QueryOf(unasked)["error"].ShouldBe("consent_required");
        using var again = await client.Ask(Browser.NewVerifier(), more: ("prompt", "login"));
        (await again.Content.ReadAsStringAsync()).ShouldContain("name=\"password\"");
    }

    async Task<(Browser Browser, OidcApplication Client)> SignedIn()
    {
        var person = await fixture.AddPerson();
        var browser = fixture.NewBrowser();
        (await browser.SignIn(person.Address, IdentityFixture.Password)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return (browser, OidcApplication.WebClient(browser));
    }
}

public sealed class AuthorizationCodeOnSqlite(IdentityOnSqlite fixture) : AuthorizationCodeContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class AuthorizationCodeOnPostgres(IdentityOnPostgres fixture) : AuthorizationCodeContract(fixture), IClassFixture<IdentityOnPostgres>;
