using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bastide.Testing;

namespace Bastide.Bench.Mail;

/// <summary>Asks the server what the web client asks, in the same requests, over HTTP.</summary>
sealed class MailClient(JmapClient jmap, string account, string inbox)
{
    static readonly string[] ListProperties = ["id", "blobId", "threadId", "mailboxIds", "keywords", "from", "to", "subject", "receivedAt", "preview", "hasAttachment", "size"];

    /// <summary>The newest conversations from a position on, and what their rows show of the matching messages.</summary>
    public Task<JsonArray> List(int position) => Send(Query(new JsonObject { ["inMailbox"] = inbox }, position), Get("q", "Email/query", "/ids", ListProperties));

    /// <summary>The whole window of the web client: the conversations, their threads, and every message of those.</summary>
    public Task<JsonArray> Window(int position) => Send(
        Query(new JsonObject { ["inMailbox"] = inbox }, position, withTotal: true),
        Get("q", "Email/query", "/ids", ["threadId"], "m"),
        Call("Thread/get", new JsonObject { ["#ids"] = Reference("m", "Email/get", "/list/*/threadId") }, "t"),
        Get("t", "Thread/get", "/list/*/emailIds", ListProperties));

    /// <summary>The newest fifty conversations with these words, with snippets.</summary>
    public Task<JsonArray> Search(string words) => Send(
        Query(new JsonObject { ["text"] = words }, 0),
        Call("SearchSnippet/get", new JsonObject { ["filter"] = new JsonObject { ["text"] = words }, ["#emailIds"] = Reference("q", "Email/query", "/ids") }, "s"));

    /// <summary>The newest fifty conversations with these words.</summary>
    public Task<JsonArray> Find(string words) => Send(Query(new JsonObject { ["text"] = words }, 0));

    /// <summary>Sets or removes a keyword of one message.</summary>
    public Task<JsonArray> Flag(string id, bool isSet) =>
        Send(Call("Email/set", new JsonObject { ["update"] = new JsonObject { [id] = new JsonObject { ["keywords/$flagged"] = isSet ? true : null } } }, "u"));

    JsonArray Query(JsonObject filter, int position, bool withTotal = false) => Call("Email/query", new JsonObject
    {
        ["filter"] = filter,
        ["sort"] = new JsonArray(new JsonObject { ["property"] = "receivedAt", ["isAscending"] = false }),
        ["collapseThreads"] = true,
        ["position"] = position,
        ["limit"] = 50,
        ["calculateTotal"] = withTotal,
    }, "q");

    JsonArray Get(string of, string name, string path, string[] properties, string id = "e") => Call("Email/get", new JsonObject
    {
        ["#ids"] = Reference(of, name, path),
        ["properties"] = new JsonArray([.. properties.Select(p => (JsonNode)p)]),
    }, id);

    JsonArray Call(string method, JsonObject arguments, string id)
    {
        arguments["accountId"] = account;
        return new JsonArray(method, arguments, id);
    }

    static JsonObject Reference(string of, string name, string path) => new() { ["resultOf"] = of, ["name"] = name, ["path"] = path };

    /// <summary>Sends the calls in one request and reads the whole answer; a refusal ends the benchmark.</summary>
    async Task<JsonArray> Send(params JsonArray[] calls)
    {
        var request = new JsonObject
        {
            ["using"] = new JsonArray("urn:ietf:params:jmap:core", "urn:ietf:params:jmap:mail"),
            ["methodCalls"] = new JsonArray([.. calls]),
        };
        using var response = await jmap.Http.PostAsJsonAsync("jmap/api", request);
        response.EnsureSuccessStatusCode();
        var answers = (await response.Content.ReadFromJsonAsync<JsonObject>())!["methodResponses"]!.AsArray();
        return answers.FirstOrDefault(answer => (string)answer![0]! == "error") is { } error ? throw new InvalidOperationException(error.ToJsonString()) : answers;
    }
}
