using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>Letting applications and devices in.</summary>
public sealed class AccountConsentTests(Workplace workplace) : AccountPages(workplace), IClassFixture<Workplace>
{
    const string Redirect = "http://127.0.0.1/callback";

    [Fact]
    public async Task An_application_that_registered_itself_is_let_in_or_refused_by_the_person()
    {
        using var http = new HttpClient { BaseAddress = Place.Server.Url };
        var client = await Register(http, new JsonObject { ["client_name"] = "Calendar <Sync>", ["redirect_uris"] = new JsonArray(Redirect) });
        var verifier = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var authorize = QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = client,
            ["redirect_uri"] = Redirect,
            ["scope"] = "openid mail calendar",
            ["state"] = "xyz",
            ["code_challenge"] = challenge,
            ["code_challenge_method"] = "S256",
        });
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 390) })
        {
            await using var person = await Open(scheme: scheme, width: width);
            var page = person.Page;
            var landed = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
            await page.RouteAsync("http://127.0.0.1/**", async route =>
            {
                landed.TrySetResult(new Uri(route.Request.Url));
                await route.FulfillAsync(new() { Body = "done" });
            });
            await page.GotoAsync(authorize);
            await EnterPassword(person, "alice", Workplace.Password);
            await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Let Calendar <Sync> in?");
            await Expect(page.GetByText("read, send and change your mail")).ToBeVisibleAsync();
            await Expect(page.GetByText("see and change your contacts")).ToHaveCountAsync(0);
            await ShouldBeAccessible(page);
            var allows = scheme == ColorScheme.Light;
            await page.GetByRole(AriaRole.Button, new() { Name = allows ? "Allow" : "Refuse" }).ClickAsync();
            var query = HttpUtility.ParseQueryString((await Wait.For(landed.Task)).Query);
            query["state"].ShouldBe("xyz");
            if (!allows)
            {
                query["error"].ShouldBe("access_denied");
                continue;
            }

            using var answer = await http.PostAsync("connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = client,
                ["code"] = query["code"]!,
                ["redirect_uri"] = Redirect,
                ["code_verifier"] = verifier,
            }), Cancellation);
            var tokens = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
            ((string?)tokens["access_token"]).ShouldNotBeNullOrEmpty(tokens.ToJsonString());
            await Expect(page.GetByText("done")).ToBeVisibleAsync();
            await page.GotoAsync("/account/sessions");
            await Expect(page.GetByText("Calendar <Sync>")).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task A_device_is_let_in_with_the_code_it_shows()
    {
        using var http = new HttpClient { BaseAddress = Place.Server.Url };
        var client = await Register(http, new JsonObject { ["client_name"] = "Meeting room", ["grant_types"] = new JsonArray("urn:ietf:params:oauth:grant-type:device_code") });
        using var begun = await http.PostAsync("connect/device", new FormUrlEncodedContent(new Dictionary<string, string> { ["client_id"] = client, ["scope"] = "openid calendar" }), Cancellation);
        var device = (await begun.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;

        await using var person = await Open("fr-FR");
        var page = person.Page;
        await page.GotoAsync(new Uri((string)device["verification_uri"]!).PathAndQuery);
        await EnterPassword(person, "alice", Workplace.Password);
        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Connecter un appareil");
        await page.GetByLabel("Code de l’appareil").FillAsync("BBBB-BBBB");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("incorrect ou périmé");
        await ShouldBeAccessible(page);
        await page.GetByLabel("Code de l’appareil").FillAsync((string)device["user_code"]!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Autoriser Meeting room ?");
        await Expect(page.GetByText("Ne continuez que si vous avez lancé")).ToBeVisibleAsync();
        await ShouldBeAccessible(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Autoriser" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("L’appareil est connecté");

        using var answer = await http.PostAsync("connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code",
            ["client_id"] = client,
            ["device_code"] = (string)device["device_code"]!,
        }), Cancellation);
        var tokens = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
        ((string?)tokens["access_token"]).ShouldNotBeNullOrEmpty(tokens.ToJsonString());
    }

    static async Task<string> Register(HttpClient http, JsonObject metadata)
    {
        using var answer = await http.PostAsJsonAsync("connect/register", metadata, Cancellation);
        var client = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
        return (string?)client["client_id"] ?? throw new InvalidOperationException(client.ToJsonString());
    }
}
