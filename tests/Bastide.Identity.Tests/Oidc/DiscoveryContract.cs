using System.Text.Json.Nodes;

namespace Bastide.Identity.Tests.Oidc;

public abstract class DiscoveryContract(IdentityFixture fixture)
{
    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task The_document_names_every_endpoint_and_only_what_is_spoken(string path)
    {
        using var browser = fixture.NewBrowser();
        var document = JsonNode.Parse(await browser.Http.GetStringAsync(path))!.AsObject();
        document.Text("issuer").ShouldBe(fixture.Url.AbsoluteUri);
        var endpoints = new Dictionary<string, string>
        {
            ["authorization_endpoint"] = "authorize",
            ["token_endpoint"] = "token",
            ["revocation_endpoint"] = "revoke",
            ["introspection_endpoint"] = "introspect",
            ["userinfo_endpoint"] = "userinfo",
            ["end_session_endpoint"] = "endsession",
            ["device_authorization_endpoint"] = "device",
            ["registration_endpoint"] = "register",
            ["jwks_uri"] = "jwks",
        };
        foreach (var (name, last) in endpoints) document.Text(name).ShouldBe(new Uri(fixture.Url, "connect/" + last).AbsoluteUri, name);
        document.Texts("response_types_supported").ShouldBe(["code"]);
        document.Texts("grant_types_supported").ShouldBe(["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"], ignoreOrder: true);
        document.Texts("code_challenge_methods_supported").ShouldBe(["S256"]);
        document.Texts("scopes_supported").ShouldBe(["openid", "profile", "email", "offline_access", "mail", "calendar", "contacts", "files", "chat", "admin"], ignoreOrder: true);
        document.Texts("id_token_signing_alg_values_supported").ShouldBe(["RS256"]);
        document.Texts("subject_types_supported").ShouldBe(["public"]);
        document.Texts("token_endpoint_auth_methods_supported").ShouldBe(["none"]);
        document.Texts("revocation_endpoint_auth_methods_supported").ShouldBe(["none"]);
        ((bool)document["authorization_response_iss_parameter_supported"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Identity_tokens_are_signed_with_a_published_key_and_the_private_half_is_not_published()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        var tokens = await browser.Authorize(person.Address, IdentityFixture.Password);
        var keys = JsonNode.Parse(await browser.Http.GetStringAsync("/connect/jwks"))!["keys"]!.AsArray();
        var header = JsonNode.Parse(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(tokens.Text("id_token")!.Split('.')[0]))!;
        keys.ShouldContain(key => (string?)key!["kid"] == (string?)header["kid"]);
        foreach (var key in keys) key!.AsObject().Select(member => member.Key).ShouldNotContain(name => name == "d" || name == "p" || name == "k");
    }
}

public sealed class DiscoveryOnSqlite(IdentityOnSqlite fixture) : DiscoveryContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class DiscoveryOnPostgres(IdentityOnPostgres fixture) : DiscoveryContract(fixture), IClassFixture<IdentityOnPostgres>;
