using System.Net;

namespace Bastide.Identity.Tests.Oidc;

public abstract class EndSessionContract(IdentityFixture fixture)
{
    [Fact]
    public async Task Signing_out_with_an_identity_token_ends_the_browsers_session_and_the_web_clients()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        var tokens = await browser.Authorize(person.Address, IdentityFixture.Password);
        var to = Uri.EscapeDataString(fixture.Url.AbsoluteUri);
        using var answer = await browser.Get($"/connect/endsession?id_token_hint={tokens.Text("id_token")}&post_logout_redirect_uri={to}&state=bye");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        answer.Headers.Location!.ToString().ShouldBe(fixture.Url.AbsoluteUri + "?state=bye");
        (await browser.WithToken("/jmap/whoami", tokens.Text("access_token")!)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var account = await browser.Get("/account");
        account.Headers.Location!.ToString().ShouldStartWith("/signin");
    }

    [Fact]
    public async Task A_browser_that_has_no_session_any_more_still_ends_the_web_clients_with_its_identity_token()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        var tokens = await browser.Authorize(person.Address, IdentityFixture.Password);
        using var empty = fixture.NewBrowser();
        using var answer = await empty.Get($"/connect/endsession?id_token_hint={tokens.Text("id_token")}&post_logout_redirect_uri={Uri.EscapeDataString(fixture.Url.AbsoluteUri)}");
        answer.Headers.Location!.ToString().ShouldBe(fixture.Url.AbsoluteUri);
        (await browser.WithToken("/jmap/whoami", tokens.Text("access_token")!)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Without_an_identity_token_the_person_is_asked_so_that_no_other_site_signs_them_out()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        var tokens = await browser.Authorize(person.Address, IdentityFixture.Password);
        var page = await (await browser.Get("/connect/endsession")).Content.ReadAsStringAsync();
        (await browser.Http.PostAsync("/connect/endsession", new FormUrlEncodedContent([new("confirmed", "yes")]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.WithToken("/jmap/whoami", tokens.Text("access_token")!)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var done = await browser.Submit(page, "/connect/endsession", ("confirmed", "yes"));
        done.Headers.Location!.ToString().ShouldEndWith("/signin/signed-out");
        (await browser.WithToken("/jmap/whoami", tokens.Text("access_token")!)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_out_never_leads_elsewhere()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        var tokens = await browser.Authorize(person.Address, IdentityFixture.Password);
        using var answer = await browser.Get($"/connect/endsession?id_token_hint={tokens.Text("id_token")}&post_logout_redirect_uri=https%3A%2F%2Fthief.example%2F");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}

public sealed class EndSessionOnSqlite(IdentityOnSqlite fixture) : EndSessionContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class EndSessionOnPostgres(IdentityOnPostgres fixture) : EndSessionContract(fixture), IClassFixture<IdentityOnPostgres>;
