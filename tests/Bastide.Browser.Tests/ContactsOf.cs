using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Bastide.Browser;

/// <summary>The contacts of somebody, looked at and added to over JMAP beside their browser; and what the browser writes of them.</summary>
sealed class ContactsOf : IDisposable
{
    readonly HttpClient _http;
    readonly Lock _lock = new();
    readonly List<JsonObject> _sets = [];
    string _account = "";
    string _book = "";

    ContactsOf(Uri server, string address, string password)
    {
        Address = address;
        _http = new HttpClient { BaseAddress = server };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{address}:{password}")));
    }

    /// <summary>Whose they are.</summary>
    public string Address { get; }

    /// <summary>The arguments of every <c>ContactCard/set</c> that a watched page sent.</summary>
    public IReadOnlyList<JsonObject> Sets
    {
        get
        {
            lock (_lock) return [.. _sets];
        }
    }

    public static async Task<ContactsOf> Of(Uri server, string address, string password)
    {
        var contacts = new ContactsOf(server, address, password);
        var session = JsonNode.Parse(await contacts._http.GetStringAsync(new Uri("jmap/session", UriKind.Relative)))!;
        contacts._account = (string)session["primaryAccounts"]!["urn:ietf:params:jmap:contacts"]!;
        contacts._book = (string)(await contacts.Call("AddressBook/get", []))["list"]!.AsArray().Single()!["id"]!;
        return contacts;
    }

    /// <summary>Notes what the page writes from now on.</summary>
    public void Watch(IPage page) => page.Request += (_, request) =>
    {
        if (request.PostData is not { } body || !body.Contains("ContactCard/set", StringComparison.Ordinal)) return;
        lock (_lock) _sets.AddRange(JsonNode.Parse(body)!["methodCalls"]!.AsArray().Where(call => (string)call![0]! == "ContactCard/set").Select(call => call![1]!.AsObject()));
    };

    /// <summary>Adds a card of JSContact.</summary>
    /// <returns>Its id and its uid.</returns>
    public async Task<(string Id, string Uid)> Add(string json)
    {
        var card = JsonNode.Parse(json)!.AsObject();
        card["addressBookIds"] = new JsonObject { [_book] = true };
        var answer = await Call("ContactCard/set", new JsonObject { ["create"] = new JsonObject { ["new"] = card } });
        answer["notCreated"].ShouldBeNull();
        var made = answer["created"]!["new"]!;
        return ((string)made["id"]!, (string?)card["uid"] ?? (string)made["uid"]!);
    }

    /// <summary>All cards.</summary>
    public async Task<IReadOnlyList<JsonObject>> Cards() => [.. (await Call("ContactCard/get", []))["list"]!.AsArray().Select(card => card!.AsObject())];

    /// <summary>A card by what it is called, or null.</summary>
    public async Task<JsonObject?> Card(string name) => (await Cards()).FirstOrDefault(card => NameOf(card) == name);

    /// <summary>Waits until a card, or that there is none of the name, is as it should be.</summary>
    public Task Until(string name, Func<JsonObject?, bool> holds, string what) => Wait.Until(async ValueTask<bool> () => holds(await Card(name)), what);

    public void Dispose() => _http.Dispose();

    static string NameOf(JsonObject card) =>
        (string?)card["name"]?["full"] ?? string.Join(' ', (card["name"]?["components"] as JsonArray ?? []).Select(part => (string)part!["value"]!));

    /// <summary>One method call in the account.</summary>
    public async Task<JsonObject> Call(string method, JsonObject arguments)
    {
        if (_account.Length > 0) arguments["accountId"] = _account;
        var request = new JsonObject
        {
            ["using"] = new JsonArray("urn:ietf:params:jmap:core", "urn:ietf:params:jmap:contacts"),
            ["methodCalls"] = new JsonArray(new JsonArray(method, arguments, "0")),
        };
        using var answer = await _http.PostAsJsonAsync("jmap/api", request);
        answer.EnsureSuccessStatusCode();
        var response = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["methodResponses"]![0]!;
        ((string)response[0]!).ShouldBe(method, response.ToJsonString());
        return response[1]!.AsObject();
    }
}
