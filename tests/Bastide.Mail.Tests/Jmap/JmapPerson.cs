using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;

namespace Bastide.Mail.Tests.Jmap;

/// <summary>Somebody who speaks JMAP to a <see cref="JmapWorkplace"/>.</summary>
sealed class JmapPerson(JmapWorkplace workplace, HttpClient http, AccountId account, string address)
{
    static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    static readonly string[] AllCapabilities =
    [
        "urn:ietf:params:jmap:core", "urn:ietf:params:jmap:mail", "urn:ietf:params:jmap:submission",
        "urn:ietf:params:jmap:vacationresponse", "urn:ietf:params:jmap:blob", "urn:bastide:jmap:safe-html",
    ];

    public JmapWorkplace Workplace => workplace;

    public HttpClient Http => http;

    public AccountId Account => account;

    public string Address => address;

    /// <summary>Sends method calls; a call without an accountId is about the person's own account.</summary>
    public async Task<JsonArray> Request(JsonArray calls, string[]? capabilities = null)
    {
        foreach (var call in calls)
            if (call![1] is JsonObject arguments && !arguments.ContainsKey("accountId") && !((string)call[0]!).StartsWith("Core/", StringComparison.Ordinal))
                arguments["accountId"] = account.ToString();
        var request = new JsonObject
        {
            ["using"] = new JsonArray([.. (capabilities ?? AllCapabilities).Select(c => (JsonNode)c)]),
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

    /// <summary>The ids of the mailboxes with a role.</summary>
    public async Task<Dictionary<string, string>> Roles()
    {
        var answer = await Call("Mailbox/get", []);
        return answer["list"]!.AsArray().Where(m => m!["role"] is not null).ToDictionary(m => (string)m!["role"]!, m => (string)m!["id"]!);
    }
}
