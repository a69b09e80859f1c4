using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Bastide.Identity.Tests.Oidc;

/// <summary>An application that signs people in: the web client, or one that registered itself.</summary>
sealed class OidcApplication(Browser browser, string clientId, string redirect)
{
    public const string Redirect = "http://127.0.0.1/callback";

    static int _registrations;

    public string ClientId => clientId;

    public static OidcApplication WebClient(Browser browser) => new(browser, "bastide-web", new Uri(browser.Url, "callback").AbsoluteUri);

    /// <summary>Registers a native application with every grant there is.</summary>
    public static async Task<OidcApplication> Register(Browser browser, string name = "Reader")
    {
        var (status, body) = await Register(browser, new JsonObject
        {
            ["client_name"] = name,
            ["redirect_uris"] = new JsonArray(Redirect),
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"),
        });
        status.ShouldBe(HttpStatusCode.Created, body.ToJsonString());
        return new OidcApplication(browser, (string)body["client_id"]!, Redirect);
    }

    /// <summary>Sends a registration, from an address of its own unless one is given: each may register a few only.</summary>
    public static async Task<(HttpStatusCode Status, JsonObject Body)> Register(Browser browser, JsonNode metadata, string? remote = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/register") { Content = JsonContent.Create(metadata) };
        var number = Interlocked.Increment(ref _registrations);
        request.Headers.Add("X-Test-Remote", remote ?? $"198.18.{number / 250}.{number % 250}");
        using var response = await browser.Http.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    /// <summary>Asks for a code; answers the page or the redirect it ends in, with consent given where it is asked for.</summary>
    public async Task<HttpResponseMessage> Ask(string verifier, string scope = "openid offline_access mail", string decision = "allow", params (string Name, string Value)[] more)
    {
        var response = await browser.Follow(await browser.Get(browser.AuthorizeAddress(verifier, scope, clientId, redirect, "xyz", more)));
        if (response.StatusCode != HttpStatusCode.OK) return response;
        var page = await response.Content.ReadAsStringAsync();
        return page.Contains("name=\"decision\"", StringComparison.Ordinal)
            ? await browser.Submit(page, "/connect/authorize", ("decision", decision))
            : response;
    }

    /// <summary>The code for a verifier; somebody is signed in.</summary>
    public async Task<string> Code(string verifier, string scope = "openid offline_access mail")
    {
        using var response = await Ask(verifier, scope);
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect, await response.Content.ReadAsStringAsync());
        return QueryOf(response)["code"].ShouldNotBeNull();
    }

    public Task<JsonObject> Redeem(string code, string verifier, string? redirectUri = null) => browser.Token(
        ("grant_type", "authorization_code"), ("client_id", clientId), ("code", code), ("redirect_uri", redirectUri ?? redirect), ("code_verifier", verifier));

    /// <summary>Tokens; somebody is signed in.</summary>
    public async Task<JsonObject> Tokens(string scope = "openid offline_access mail")
    {
        var verifier = Browser.NewVerifier();
        var tokens = await Redeem(await Code(verifier, scope), verifier);
        tokens.Text("error").ShouldBeNull(tokens.ToJsonString());
        return tokens;
    }

    public Task<JsonObject> Refresh(string token, params (string Name, string Value)[] more) =>
        browser.Token([("grant_type", "refresh_token"), ("client_id", clientId), ("refresh_token", token), .. more]);

    /// <summary>What the redirect tells the application.</summary>
    public static Dictionary<string, string?> QueryOf(HttpResponseMessage redirect) =>
        QueryHelpers.ParseQuery(redirect.Headers.Location!.Query).ToDictionary(p => p.Key, p => (string?)p.Value.ToString());
}
