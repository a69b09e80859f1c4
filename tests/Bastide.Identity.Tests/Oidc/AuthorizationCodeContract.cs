using System.Net;
using System.Text.Json.Nodes;

namespace Bastide.Identity.Tests.Oidc;

public abstract class AuthorizationCodeContract(IdentityFixture fixture)
{
    [Fact]
    public async Task The_web_client_signs_a_person_in_with_a_code_and_PKCE()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        var tokens = await browser.Authorize(person.Address, IdentityFixture.Password);
        ((int)tokens["status"]!).ShouldBe(200, tokens.ToJsonString());
        ((int)tokens["expires_in"]!).ShouldBeInRange(590, 600);
        ((string?)tokens["token_type"]).ShouldBe("Bearer");
        var claims = Claims((string)tokens["id_token"]!);
        ((string?)claims["sub"]).ShouldBe(person.Account.ToString());
        ((string?)claims["email"]).ShouldBe(person.Address);
        ((string?)claims["nonce"]).ShouldBe("n-1");
        ((string?)claims["iss"]).ShouldBe(fixture.Url.AbsoluteUri);
        using var answer = await browser.WithToken("/jmap/whoami", (string)tokens["access_token"]!);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(person.Address);
    }

    static JsonObject Claims(string token)
    {
        var payload = Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(token.Split('.')[1]);
        return JsonNode.Parse(payload)!.AsObject();
    }
}

public sealed class AuthorizationCodeOnSqlite(IdentityOnSqlite fixture) : AuthorizationCodeContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class AuthorizationCodeOnPostgres(IdentityOnPostgres fixture) : AuthorizationCodeContract(fixture), IClassFixture<IdentityOnPostgres>;
