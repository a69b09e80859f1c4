using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Bastide.Identity.Tests;

/// <summary>A person at a browser without JavaScript: cookies, links, forms. Redirects are followed one by one by the tests.</summary>
public sealed partial class Browser : IDisposable
{
    readonly HttpClient _http;

    public Browser(Uri url)
    {
        Url = url;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = url };
    }

    public Uri Url { get; }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http => _http;

    public Task<HttpResponseMessage> Get(string path) => _http.GetAsync(path);

    /// <summary>Fills in the form whose action begins so on a page, and sends it.</summary>
    public async Task<HttpResponseMessage> Submit(string html, string action, params (string Name, string Value)[] values)
    {
        var form = Forms().Matches(html).First(f => WebUtility.HtmlDecode(f.Groups["action"].Value).StartsWith(action, StringComparison.Ordinal));
        var fields = new Dictionary<string, string>();
        foreach (Match input in Inputs().Matches(form.Groups["body"].Value))
            if (Attribute(input.Value, "name") is { } name && (Attribute(input.Value, "type") is not "checkbox" || input.Value.Contains(" checked", StringComparison.Ordinal)))
                fields[name] = Attribute(input.Value, "value") ?? "";
        foreach (var (name, value) in values) fields[name] = value;
        return await _http.PostAsync(WebUtility.HtmlDecode(form.Groups["action"].Value), new FormUrlEncodedContent(fields));
    }

    /// <summary>Signs in by address and password and answers what the form gave.</summary>
    public async Task<HttpResponseMessage> SignIn(string user, string password, string path = "/signin")
    {
        var page = await (await Get(path)).Content.ReadAsStringAsync();
        return await Submit(page, "/signin", ("user", user), ("password", password));
    }

    /// <summary>Follows redirects within the workplace until there is a page or a redirect elsewhere.</summary>
    public async Task<HttpResponseMessage> Follow(HttpResponseMessage response)
    {
        while ((int)response.StatusCode is 302 or 303 && response.Headers.Location is { } location)
        {
            var to = new Uri(Url, location);
            if (to.Authority != Url.Authority || to.AbsolutePath == "/callback") return response;
            response = await _http.GetAsync(to);
        }

        return response;
    }

    /// <summary>The whole dance of the web client: authorize, sign in, code, token.</summary>
    public async Task<JsonObject> Authorize(string user, string password, string scope = "openid profile email offline_access mail", string clientId = "bastide-web")
    {
        var verifier = NewVerifier();
        var response = await Follow(await Get(AuthorizeAddress(verifier, scope, clientId)));
        if (response.StatusCode == HttpStatusCode.OK)
            response = await Follow(await Submit(await response.Content.ReadAsStringAsync(), "/signin", ("user", user), ("password", password)));
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect, await response.Content.ReadAsStringAsync());
        var query = QueryHelpers.ParseQuery(response.Headers.Location!.Query);
        query.ContainsKey("code").ShouldBeTrue(response.Headers.Location!.ToString());
        query["iss"].ToString().ShouldBe(Url.AbsoluteUri);
        return await Token(("grant_type", "authorization_code"), ("client_id", clientId), ("code", query["code"]!), ("redirect_uri", new Uri(Url, "callback").AbsoluteUri), ("code_verifier", verifier));
    }

    public string AuthorizeAddress(string verifier, string scope = "openid", string clientId = "bastide-web", string? redirect = null, string state = "xyz", params (string Name, string Value)[] more)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = clientId,
            ["redirect_uri"] = redirect ?? new Uri(Url, "callback").AbsoluteUri,
            ["scope"] = scope,
            ["state"] = state,
            ["nonce"] = "n-1",
            ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in more) parameters[name] = value;
        return QueryHelpers.AddQueryString("/connect/authorize", parameters);
    }

    public async Task<JsonObject> Token(params (string Name, string Value)[] fields) => await Post("/connect/token", fields);

    public async Task<JsonObject> Post(string path, params (string Name, string Value)[] fields)
    {
        using var response = await _http.PostAsync(path, new FormUrlEncodedContent(fields.ToDictionary(f => f.Name, f => f.Value)));
        var text = await response.Content.ReadAsStringAsync();
        var json = text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
        json["status"] = (int)response.StatusCode;
        return json;
    }

    /// <summary>A request with an access token.</summary>
    public async Task<HttpResponseMessage> WithToken(string path, string token, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        return await _http.SendAsync(request, completion);
    }

    /// <summary>A request with a name and a password.</summary>
    public async Task<HttpResponseMessage> WithPassword(string path, string user, string password)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return await _http.SendAsync(request);
    }

    public static string NewVerifier() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    public void Dispose() => _http.Dispose();

    static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"") is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;

    [GeneratedRegex("<form [^>]*action=\"(?<action>[^\"]*)\"[^>]*>(?<body>.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input [^>]*>", RegexOptions.Singleline)]
    private static partial Regex Inputs();
}
