using System.Net;
using System.Text.Json.Nodes;

namespace Bastide.Identity.Tests.Oidc;

public abstract class RegistrationContract(IdentityFixture fixture)
{
    [Fact]
    public async Task A_public_application_registers_itself_and_the_person_is_asked_every_time()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        var client = await OidcApplication.Register(browser, "Reader <of> mail");
        await browser.SignIn(person.Address, IdentityFixture.Password);
        for (var time = 0; time < 2; time++)
        {
            var verifier = Browser.NewVerifier();
            using var page = await browser.Get(browser.AuthorizeAddress(verifier, "openid mail", client.ClientId, OidcApplication.Redirect));
            var html = await page.Content.ReadAsStringAsync();
            html.ShouldContain("Reader &lt;of&gt; mail");
            html.ShouldContain("name=\"decision\"");
            (await client.Redeem(await client.Code(verifier, "openid mail"), verifier)).Status().ShouldBe(200);
        }

        (await fixture.AuditOf(person.Address)).ShouldContain(row => row.Action == "authorize" && row.Target == "Reader <of> mail");
    }

    [Fact]
    public async Task What_the_person_refuses_is_told_to_the_application()
    {
        var (browser, client) = await SignedIn();
        using (browser)
        {
            using var refused = await client.Ask(Browser.NewVerifier(), decision: "deny");
            OidcApplication.QueryOf(refused)["error"].ShouldBe("access_denied");
        }
    }

    [Fact]
    public async Task Consent_cannot_be_given_by_another_site()
    {
        var (browser, client) = await SignedIn();
        using (browser)
        {
            var address = browser.AuthorizeAddress(Browser.NewVerifier(), "openid mail", client.ClientId, OidcApplication.Redirect);
            using var answer = await browser.Http.PostAsync(address, new FormUrlEncodedContent([new("decision", "allow")]));
            answer.StatusCode.ShouldNotBe(HttpStatusCode.Redirect);
            using var inQuery = await browser.Get(address + "&decision=allow");
            inQuery.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_native_application_listens_on_any_loopback_port()
    {
        var (browser, client) = await SignedIn();
        using (browser)
        {
            var onPort = new OidcApplication(browser, client.ClientId, "http://127.0.0.1:49152/callback");
            (await onPort.Tokens()).Status().ShouldBe(200);
        }
    }

    [Theory]
    [InlineData("""{"redirect_uris":["http://elsewhere.example/cb"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["javascript:alert(1)"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["https://app.example/cb#fragment"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":[]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["https://app.example/cb"],"token_endpoint_auth_method":"client_secret_basic"}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["https://app.example/cb"],"grant_types":["password"]}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["https://app.example/cb"],"response_types":["token"]}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":"https://app.example/cb"}""", "invalid_client_metadata")]
    [InlineData("""[1]""", "invalid_client_metadata")]
    public async Task What_cannot_be_registered_is_refused_in_the_words_of_RFC_7591(string metadata, string error)
    {
        using var browser = fixture.NewBrowser();
        var (status, body) = await OidcApplication.Register(browser, JsonNode.Parse(metadata)!);
        (status, body.Text("error")).ShouldBe((HttpStatusCode.BadRequest, error));
        body.Text("error_description").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Somebody_who_registers_without_end_waits()
    {
        using var browser = fixture.NewBrowser();
        for (var time = 0; time < 10; time++) (await Once()).Status.ShouldBe(HttpStatusCode.Created);
        var (status, _) = await Once();
        status.ShouldBe(HttpStatusCode.TooManyRequests);

        Task<(HttpStatusCode Status, JsonObject Body)> Once() =>
            OidcApplication.Register(browser, new JsonObject { ["redirect_uris"] = new JsonArray(OidcApplication.Redirect) }, "203.0.113.9");
    }

    [Fact]
    public async Task An_application_may_not_use_a_grant_it_did_not_register()
    {
        using var browser = fixture.NewBrowser();
        var (_, body) = await OidcApplication.Register(browser, new JsonObject { ["redirect_uris"] = new JsonArray(OidcApplication.Redirect) });
        var device = await browser.Post("/connect/device", ("client_id", body.Text("client_id")!), ("scope", "openid mail"));
        device.Text("error").ShouldBe("unauthorized_client");
    }

    async Task<(Browser Browser, OidcApplication Client)> SignedIn()
    {
        var person = await fixture.AddPerson();
        var browser = fixture.NewBrowser();
        (await browser.SignIn(person.Address, IdentityFixture.Password)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return (browser, await OidcApplication.Register(browser));
    }
}

public sealed class RegistrationOnSqlite(IdentityOnSqlite fixture) : RegistrationContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class RegistrationOnPostgres(IdentityOnPostgres fixture) : RegistrationContract(fixture), IClassFixture<IdentityOnPostgres>;
