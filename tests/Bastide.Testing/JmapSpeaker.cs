using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;

namespace Bastide.Testing;

/// <summary>Somebody who speaks JMAP to a workplace of a test, and is who their client says.</summary>
/// <param name="http">Their client.</param>
/// <param name="account">Their account.</param>
/// <param name="address">Their address.</param>
/// <param name="capabilities">What their requests use, unless said otherwise.</param>
public class JmapSpeaker(HttpClient http, AccountId account, string address, string[] capabilities)
{
    static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    public HttpClient Http => http;

    public AccountId Account => account;

    public string Address => address;

    /// <summary>Sends method calls; a call without an accountId is about the person's own account.</summary>
    public async Task<JsonArray> Request(JsonArray calls, string[]? only = null)
    {
        foreach (var call in calls)
            if (call![1] is JsonObject arguments && !arguments.ContainsKey("accountId") && !((string)call[0]!).StartsWith("Core/", StringComparison.Ordinal))
                arguments["accountId"] = account.ToString();
        var request = new JsonObject
        {
            ["using"] = new JsonArray([.. (only ?? capabilities).Select(c => (JsonNode)c)]),
            ["methodCalls"] = calls,
        };
        using var response = await http.PostAsync("jmap/api", new StringContent(request.ToJsonString(new JsonSerializerOptions { MaxDepth = 1000 }), Encoding.UTF8, "application/json"));
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text, documentOptions: Deep)!["methodResponses"]!.AsArray();
    }

    /// <summary>One call; the arguments of its response. An error is answered as <c>{ "error": { … } }</c>.</summary>
    public async Task<JsonObject> Call(string method, JsonObject arguments)
    {
        var responses = await Request([new JsonArray(method, arguments, "0")]);
        var answer = responses[0]![1]!.AsObject();
        return (string)responses[0]![0]! == "error" ? new JsonObject { ["error"] = answer.DeepClone() } : answer;
    }

    /// <summary>The same with arguments as text.</summary>
    public Task<JsonObject> Call(string method, string arguments) => Call(method, JsonNode.Parse(arguments)!.AsObject());

    public async Task<string> Upload(byte[] content, string type = "application/octet-stream")
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await http.PostAsync($"jmap/upload/{account}", body);
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)response.StatusCode}: {answer}");
        return (string)JsonNode.Parse(answer)!["blobId"]!;
    }

    public Task<string> Upload(string content, string type = "text/plain") => Upload(Encoding.UTF8.GetBytes(content), type);
}
