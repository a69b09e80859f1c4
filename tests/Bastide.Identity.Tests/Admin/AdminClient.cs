using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Bastide.Identity.Tests.Admin;

/// <summary>A client of the administration API that holds every answer to the OpenAPI document.</summary>
sealed class AdminClient : IDisposable
{
    readonly HttpClient _http;
    readonly ApiDocument _document;

    public AdminClient(IdentityFixture fixture, ApiDocument document, AuthenticationHeaderValue? authorization)
    {
        _http = new HttpClient { BaseAddress = fixture.Url };
        _http.DefaultRequestHeaders.Authorization = authorization;
        _document = document;
    }

    /// <summary>Signed in with an address and a password.</summary>
    public static async Task<AdminClient> SignIn(IdentityFixture fixture, string address, string password = IdentityFixture.Password) =>
        new(fixture, await ApiDocument.Of(fixture), new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{address}:{password}"))));

    /// <summary>Sends; answers the status and the body.</summary>
    public async Task<(int Status, JsonObject Body)> Send(string method, string path, JsonNode? body = null) =>
        await Send(method, path, body is null ? null : JsonContent.Create(body));

    public async Task<(int Status, JsonObject Body)> Send(string method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), ApiDocument.Prefix + path) { Content = content };
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        _document.Fault(method, ApiDocument.Prefix + path, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text).ShouldBeNull();
        if (response.StatusCode == System.Net.HttpStatusCode.Created)
            response.Headers.Location.ShouldNotBeNull().ToString().ShouldStartWith(ApiDocument.Prefix);
        return ((int)response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
    }

    /// <summary>Sends what must succeed.</summary>
    public async Task<JsonObject> Do(string method, string path, JsonNode? body = null)
    {
        var (status, answer) = await Send(method, path, body);
        status.ShouldBeInRange(200, 299, answer.ToJsonString());
        return answer;
    }

    /// <summary>Sends what must be refused, with one sentence that says why.</summary>
    public async Task<string> Refused(int status, string method, string path, JsonNode? body = null)
    {
        var (answered, problem) = await Send(method, path, body);
        answered.ShouldBe(status, problem.ToJsonString());
        ((int)problem["status"]!).ShouldBe(status);
        var sentence = (string)problem["detail"]!;
        sentence.ShouldEndWith(".");
        return sentence;
    }

    /// <summary>Every item of a list, read in pages of this size.</summary>
    public async Task<List<JsonObject>> All(string path, int page, string cursor = "after")
    {
        var all = new List<JsonObject>();
        string? next = null;
        do
        {
            var answer = await Do("GET", $"{path}?limit={page}{(next is null ? "" : $"&{cursor}={Uri.EscapeDataString(next)}")}");
            var items = answer["items"]!.AsArray();
            items.Count.ShouldBeLessThanOrEqualTo(page);
            all.AddRange(items.Select(item => item!.AsObject()));
            next = (string?)answer["next"];
        }
        while (next is not null);
        return all;
    }

    public void Dispose() => _http.Dispose();
}
