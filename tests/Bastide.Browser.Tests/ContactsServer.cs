using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Bastide.Browser;

/// <summary>
/// The contacts of one page, answered between it and the server as RFC 9610 says: so a test knows every word that the client
/// writes, and what it does when it is refused. Everything else goes to the server.
/// </summary>
sealed class ContactsServer
{
    const string Capability = "urn:ietf:params:jmap:contacts";
    readonly Lock _lock = new();
    readonly Dictionary<string, JsonObject> _cards = [];
    readonly List<(int State, string Kind, string Id)> _changes = [];
    readonly List<JsonObject> _sets = [];
    int _state;
    int _made;

    /// <summary>Whether the next changes are refused.</summary>
    public bool Refuses { get; set; }

    /// <summary>The arguments of every <c>ContactCard/set</c>.</summary>
    public IReadOnlyList<JsonObject> Sets
    {
        get
        {
            lock (_lock) return [.. _sets];
        }
    }

    /// <summary>A card by its full name, or null.</summary>
    public JsonObject? Card(string name)
    {
        lock (_lock) return _cards.Values.FirstOrDefault(card => (string?)card["name"]?["full"] == name);
    }

    /// <summary>Adds a card as JSContact writes it; what every card has is added.</summary>
    public string Add(string json) => Add(JsonNode.Parse(json)!.AsObject());

    /// <summary>Stands between the page and the server from now on.</summary>
    public async Task Attach(IPage page)
    {
        await page.RouteAsync("**/jmap/session", async route =>
        {
            var answer = await route.FetchAsync();
            var session = JsonNode.Parse(await answer.TextAsync())!;
            session["capabilities"]![Capability] = new JsonObject();
            foreach (var (_, account) in session["accounts"]!.AsObject()) account!["accountCapabilities"]![Capability] = new JsonObject();
            session["primaryAccounts"]![Capability] = (string)session["primaryAccounts"]!["urn:ietf:params:jmap:mail"]!;
            await route.FulfillAsync(new() { Response = answer, Body = session.ToJsonString() });
        });
        await page.RouteAsync("**/jmap/api", async route =>
        {
            var request = JsonNode.Parse(route.Request.PostData!)!;
            var calls = request["methodCalls"]!.AsArray();
            if (!calls.Any(call => ((string)call![0]!).StartsWith("AddressBook/", StringComparison.Ordinal) || ((string)call[0]!).StartsWith("ContactCard/", StringComparison.Ordinal)))
            {
                request["using"] = new JsonArray([.. request["using"]!.AsArray().Where(uri => (string)uri! != Capability).Select(uri => uri!.DeepClone())]);
                await route.ContinueAsync(new() { PostData = System.Text.Encoding.UTF8.GetBytes(request.ToJsonString()) });
                return;
            }

            JsonArray answers;
            lock (_lock) answers = [.. calls.Select(call => new JsonArray((string)call![0]!, Answer((string)call[0]!, call[1]!.AsObject()), (string)call[2]!))];
            await route.FulfillAsync(new() { ContentType = "application/json", Body = new JsonObject { ["methodResponses"] = answers, ["sessionState"] = "0" }.ToJsonString() });
        });
    }

    JsonObject Answer(string method, JsonObject arguments)
    {
        var answer = new JsonObject { ["accountId"] = (string)arguments["accountId"]!, ["state"] = $"{_state}" };
        switch (method)
        {
            case "AddressBook/get":
                answer["list"] = new JsonArray(JsonNode.Parse("""{"id":"b","name":"Contacts","sortOrder":0,"isDefault":true,"isSubscribed":true,"myRights":{"mayRead":true,"mayWrite":true,"mayShare":true,"mayDelete":false}}"""));
                break;
            case "ContactCard/get":
                var ids = arguments["ids"]!.AsArray().Select(id => (string)id!).Where(_cards.ContainsKey);
                answer["list"] = new JsonArray([.. ids.Select(id => _cards[id].DeepClone())]);
                break;
            case "ContactCard/query":
                var text = (string?)arguments["filter"]?["text"] ?? "";
                var found = _cards.Where(card => card.Value.ToJsonString().Contains(text, StringComparison.OrdinalIgnoreCase)).Skip((int)arguments["position"]!);
                answer["ids"] = new JsonArray([.. found.Select(card => (JsonNode)card.Key)]);
                break;
            case "ContactCard/changes":
                var since = int.Parse((string)arguments["sinceState"]!, System.Globalization.CultureInfo.InvariantCulture);
                answer["newState"] = $"{_state}";
                answer["hasMoreChanges"] = false;
                foreach (var kind in (string[])["created", "updated", "destroyed"])
                    answer[kind] = new JsonArray([.. _changes.Where(change => change.State > since && change.Kind == kind).Select(change => change.Id).Distinct().Select(id => (JsonNode)id)]);
                break;
            case "ContactCard/set":
                _sets.Add((JsonObject)arguments.DeepClone());
                Set(arguments, answer);
                break;
        }

        return answer;
    }

    void Set(JsonObject arguments, JsonObject answer)
    {
        var (create, update, destroy) = (Object(arguments["create"]), Object(arguments["update"]), (arguments["destroy"] as JsonArray ?? []).Select(id => (string)id!).ToList());
        if (Refuses)
        {
            answer["notCreated"] = Refused(create.Select(each => each.Key));
            answer["notUpdated"] = Refused(update.Select(each => each.Key));
            answer["notDestroyed"] = Refused(destroy);
            return;
        }

        answer["created"] = new JsonObject(create.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)new JsonObject { ["id"] = Add((JsonObject)each.Value!.DeepClone()) })));
        foreach (var (id, patch) in update)
        {
            foreach (var (path, value) in patch!.AsObject()) Patch(_cards[id], path, value);
            _changes.Add((++_state, "updated", id));
        }

        foreach (var id in destroy)
        {
            _cards.Remove(id);
            _changes.Add((++_state, "destroyed", id));
        }
    }

    string Add(JsonObject card)
    {
        lock (_lock)
        {
            var id = $"c{++_made}";
            card["id"] = id;
            card["uid"] ??= $"urn:uuid:{id}";
            card["addressBookIds"] ??= new JsonObject { ["b"] = true };
            _cards[id] = card;
            _changes.Add((++_state, "created", id));
            return id;
        }
    }

    static void Patch(JsonObject card, string path, JsonNode? value)
    {
        var tokens = path.Split('/').Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToList();
        var place = tokens.SkipLast(1).Aggregate(card, (at, token) => at[token]!.AsObject());
        if (value is null) place.Remove(tokens[^1]);
        else place[tokens[^1]] = value.DeepClone();
    }

    static JsonObject Object(JsonNode? node) => node as JsonObject ?? [];

    static JsonObject Refused(IEnumerable<string> ids) => new(ids.Select(id => KeyValuePair.Create(id, (JsonNode?)new JsonObject { ["type"] = "forbidden" })));
}
