using System.Net;
using System.Text.Json.Nodes;
using Bastide.Identity.Oidc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bastide.Identity.Tests.Oidc;

public abstract class KeyRotationContract(IdentityFixture fixture)
{
    [Fact]
    public async Task The_next_key_is_published_a_week_before_it_signs_and_what_the_last_one_signed_stays_valid()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        await browser.SignIn(person.Address, IdentityFixture.Password);
        var client = OidcApplication.WebClient(browser);
        var rotation = fixture.Services.GetServices<IHostedService>().OfType<OidcKeyRotation>().Single();
        var first = KeyOf((await client.Tokens()).Text("access_token")!);

        fixture.Time.Advance(TimeSpan.FromDays(84));
        rotation.Look().ShouldBeTrue();
        (await Published(browser)).Length.ShouldBe(2);
        KeyOf((await client.Tokens()).Text("access_token")!).ShouldBe(first);

        fixture.Time.Advance(TimeSpan.FromDays(6) - TimeSpan.FromMinutes(1));
        var before = (await client.Tokens()).Text("access_token")!;
        fixture.Time.Advance(TimeSpan.FromMinutes(2));
        rotation.Look().ShouldBeTrue();
        var after = (await client.Tokens()).Text("access_token")!;
        KeyOf(after).ShouldNotBe(KeyOf(before));
        (await Published(browser)).ShouldBe([KeyOf(before), KeyOf(after)], ignoreOrder: true);
        (await browser.WithToken("/jmap/whoami", before)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.WithToken("/jmap/whoami", after)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    static string KeyOf(string token) => (string)JsonNode.Parse(WebEncoders.Base64UrlDecode(token.Split('.')[0]))!["kid"]!;

    static async Task<string[]> Published(Browser browser) =>
        [.. JsonNode.Parse(await browser.Http.GetStringAsync("/connect/jwks"))!["keys"]!.AsArray().Select(key => (string)key!["kid"]!)];
}

public sealed class KeyRotationOnSqlite(IdentityOnSqlite fixture) : KeyRotationContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class KeyRotationOnPostgres(IdentityOnPostgres fixture) : KeyRotationContract(fixture), IClassFixture<IdentityOnPostgres>;
