using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bastide.Testing;

/// <summary>A small JMAP client with a user name and password, for tests that look at a running workplace from outside.</summary>
public sealed class JmapClient : IDisposable
{
    static readonly string[] Using =
        ["urn:ietf:params:jmap:core", "urn:ietf:params:jmap:mail", "urn:ietf:params:jmap:submission", "urn:ietf:params:jmap:vacationresponse", "urn:ietf:params:jmap:blob", "urn:ietf:params:jmap:calendars", "urn:bastide:jmap:safe-html"];

    static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    public JmapClient(Uri origin, string user, string password)
    {
        Http = new HttpClient { BaseAddress = origin };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    /// <summary>The HTTP client, with the credentials.</summary>
    public HttpClient Http { get; }

    /// <summary>The session resource.</summary>
    public async Task<JsonObject> Session() => (await Http.GetFromJsonAsync<JsonObject>("jmap/session"))!;

    /// <summary>The person's own mail account.</summary>
    public async Task<string> Account() => (string)(await Session())["primaryAccounts"]!["urn:ietf:params:jmap:mail"]!;

    /// <summary>One method call; throws with the error's type and description when it is refused.</summary>
    public async Task<JsonObject> Call(string method, JsonObject arguments)
    {
        var request = new JsonObject
        {
            ["using"] = new JsonArray([.. Using.Select(u => (JsonNode)u)]),
            ["methodCalls"] = new JsonArray(new JsonArray(method, arguments, "0")),
        };
        using var response = await Http.PostAsJsonAsync("jmap/api", request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)response.StatusCode}: {text}");
        var answer = JsonNode.Parse(text, documentOptions: Deep)!["methodResponses"]![0]!;
        if ((string)answer[0]! == "error") throw new InvalidOperationException(answer[1]!.ToJsonString());
        return answer[1]!.AsObject();
    }

    /// <summary>The id of the mailbox with a role.</summary>
    public async Task<string> MailboxWithRole(string account, string role)
    {
        var answer = await Call("Mailbox/get", new JsonObject { ["accountId"] = account });
        return (string)answer["list"]!.AsArray().Single(m => (string?)m!["role"] == role)!["id"]!;
    }

    /// <summary>Every message of a mailbox with these properties, from the newest.</summary>
    public async Task<List<JsonObject>> Emails(string account, string mailbox, params string[] properties)
    {
        var all = new List<JsonObject>();
        while (true)
        {
            var query = await Call("Email/query", new JsonObject
            {
                ["accountId"] = account,
                ["filter"] = new JsonObject { ["inMailbox"] = mailbox },
                ["sort"] = new JsonArray(new JsonObject { ["property"] = "receivedAt", ["isAscending"] = false }),
                ["position"] = all.Count,
                ["limit"] = 250,
            });
            var ids = query["ids"]!.AsArray();
            if (ids.Count == 0) return all;
            var answer = await Call("Email/get", new JsonObject
            {
                ["accountId"] = account,
                ["ids"] = ids.DeepClone(),
                ["properties"] = new JsonArray([.. properties.Select(p => (JsonNode)p)]),
            });
            all.AddRange(answer["list"]!.AsArray().Select(e => e!.AsObject()));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Http.Dispose();
}
