using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Bastide.Bench.Identity;

/// <summary>A browser with the web client in it: no cookies to begin with, one connection kept open.</summary>
sealed partial class SignInClient(Uri origin) : IDisposable
{
    const string ClientId = "bastide-web";
    readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = origin };
    readonly Dictionary<string, string> _cookies = [];

    string Callback => new Uri(origin, "callback").AbsoluteUri;

    /// <summary>
    /// Everything between the link "Sign in" and having tokens, as somebody who was never here: authorize, the page, the
    /// password, the code, the tokens. Answers the refresh token.
    /// </summary>
    public async Task<string> SignIn(string user, string password, CancellationToken cancellation)
    {
        _cookies.Clear();
        var verifier = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        var authorize = QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = ClientId,
            ["redirect_uri"] = Callback,
            ["scope"] = "openid profile email offline_access mail",
            ["state"] = "s",
            ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
        });
        var (_, page) = await Send(HttpMethod.Get, authorize, null, HttpStatusCode.Redirect, cancellation);
        var (html, _) = await Send(HttpMethod.Get, page!, null, HttpStatusCode.OK, cancellation);
        var token = WebUtility.HtmlDecode(Antiforgery().Match(html).Groups["value"].Value);
        var (_, onward) = await Send(HttpMethod.Post, page!, new() { ["user"] = user, ["password"] = password, ["__RequestVerificationToken"] = token }, HttpStatusCode.SeeOther, cancellation);
        var (_, callback) = await Send(HttpMethod.Get, onward!, null, HttpStatusCode.Redirect, cancellation);
        var code = QueryHelpers.ParseQuery(new Uri(origin, callback).Query)["code"].ToString();
        return await Token(new() { ["grant_type"] = "authorization_code", ["client_id"] = ClientId, ["code"] = code, ["redirect_uri"] = Callback, ["code_verifier"] = verifier }, cancellation);
    }

    /// <summary>Refreshes; answers the next refresh token.</summary>
    public Task<string> Refresh(string token, CancellationToken cancellation) =>
        Token(new() { ["grant_type"] = "refresh_token", ["client_id"] = ClientId, ["refresh_token"] = token }, cancellation);

    public void Dispose() => _http.Dispose();

    async Task<string> Token(Dictionary<string, string> fields, CancellationToken cancellation)
    {
        var (json, _) = await Send(HttpMethod.Post, "/connect/token", fields, HttpStatusCode.OK, cancellation);
        return (string)JsonNode.Parse(json)!["refresh_token"]!;
    }

    async Task<(string Body, string? Location)> Send(HttpMethod method, string path, Dictionary<string, string>? form, HttpStatusCode expected, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = form is null ? null : new FormUrlEncodedContent(form) };
        if (_cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
        using var response = await _http.SendAsync(request, cancellation);
        var body = await response.Content.ReadAsStringAsync(cancellation);
        if (response.StatusCode != expected) throw new InvalidOperationException($"{method} {path.Split('?')[0]} answered {(int)response.StatusCode} instead of {(int)expected}: {body[..Math.Min(body.Length, 500)]}");
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
            foreach (var cookie in cookies)
                if (cookie.Split(';')[0].Split('=', 2) is [var name, var value])
                    _cookies[name] = value;
        return (body, response.Headers.Location?.OriginalString);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Antiforgery();
}
