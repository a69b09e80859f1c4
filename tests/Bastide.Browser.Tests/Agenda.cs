using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Bastide.Browser;

/// <summary>The calendars of a person as another client has them, beside the page: what is there before, and what the page wrote.</summary>
sealed class Agenda : IDisposable
{
    static readonly string[] Using = ["urn:ietf:params:jmap:core", "urn:ietf:params:jmap:calendars", "urn:ietf:params:jmap:principals", "urn:bastide:jmap:calendars"];
    readonly HttpClient _http;

    Agenda(HttpClient http, string address, string account, string principal, string calendar)
    {
        _http = http;
        Address = address;
        Account = account;
        Principal = principal;
        Calendar = calendar;
    }

    /// <summary>The person's address.</summary>
    public string Address { get; }

    /// <summary>The person's own account.</summary>
    public string Account { get; }

    /// <summary>Who the person is for those who share with them.</summary>
    public string Principal { get; }

    /// <summary>The calendar that every account begins with.</summary>
    public string Calendar { get; }

    public static async Task<Agenda> Of(Uri server, string address, string password)
    {
        var http = new HttpClient { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{address}:{password}")));
        var session = (await http.GetFromJsonAsync<JsonObject>("jmap/session"))!;
        var account = (string)session["primaryAccounts"]!["urn:ietf:params:jmap:calendars"]!;
        var principal = (string)session["accounts"]![account]!["accountCapabilities"]!["urn:ietf:params:jmap:principals"]!["currentUserPrincipalId"]!;
        var agenda = new Agenda(http, address, account, principal, "");
        var calendars = await agenda.Call("Calendar/get", new JsonObject { ["ids"] = null });
        return new Agenda(http, address, account, principal, (string)calendars["list"]!.AsArray().Single(one => (bool)one!["isDefault"]!)!["id"]!);
    }

    /// <summary>One method call in the person's account.</summary>
    public async Task<JsonObject> Call(string method, JsonObject arguments)
    {
        arguments["accountId"] ??= Account;
        var request = new JsonObject { ["using"] = new JsonArray([.. Using.Select(uri => (JsonNode)uri)]), ["methodCalls"] = new JsonArray(new JsonArray(method, arguments, "0")) };
        using var response = await _http.PostAsJsonAsync("jmap/api", request);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        var answer = JsonNode.Parse(text)!["methodResponses"]![0]!;
        ((string)answer[0]!).ShouldBe(method, text);
        return answer[1]!.AsObject();
    }

    /// <summary>Adds an event as JSCalendar writes it, to the first calendar unless it says another; answers its id.</summary>
    public async Task<string> Add(string json)
    {
        var made = JsonNode.Parse(json)!.AsObject();
        made["calendarIds"] ??= new JsonObject { [Calendar] = true };
        var answer = await Call("CalendarEvent/set", new JsonObject { ["create"] = new JsonObject { ["new"] = made } });
        return (string)(answer["created"]?["new"]?["id"] ?? throw new InvalidOperationException(answer.ToJsonString()))!;
    }

    /// <summary>A calendar beside the first; answers its id.</summary>
    public async Task<string> AddCalendar(string name, string color)
    {
        var answer = await Call("Calendar/set", new JsonObject { ["create"] = new JsonObject { ["new"] = new JsonObject { ["name"] = name, ["color"] = color } } });
        return (string)answer["created"]!["new"]!["id"]!;
    }

    /// <summary>Lets somebody read the first calendar and change nothing in it.</summary>
    public Task Share(Agenda with) => Call("Calendar/set", new JsonObject
    {
        ["update"] = new JsonObject { [Calendar] = new JsonObject { ["shareWith"] = new JsonObject { [with.Principal] = new JsonObject { ["mayReadFreeBusy"] = true, ["mayReadItems"] = true } } } },
    });

    /// <summary>Every event, series whole.</summary>
    public async Task<List<JsonObject>> All() =>
        [.. (await Call("CalendarEvent/get", new JsonObject { ["ids"] = null }))["list"]!.AsArray().Select(one => one!.AsObject())];

    /// <summary>The one event of a title, or null.</summary>
    public async Task<JsonObject?> Find(string title) => (await All()).SingleOrDefault(one => (string?)one["title"] == title);

    /// <summary>When and under what title each occurrence of some days is, in order.</summary>
    public async Task<List<string>> Occurrences(string from, string to)
    {
        var query = await Call("CalendarEvent/query", new JsonObject
        {
            ["filter"] = new JsonObject { ["after"] = from + "T00:00:00", ["before"] = to + "T00:00:00" },
            ["sort"] = new JsonArray(new JsonObject { ["property"] = "start" }),
            ["expandRecurrences"] = true,
            ["timeZone"] = "Europe/Paris",
        });
        var found = await Call("CalendarEvent/get", new JsonObject { ["ids"] = query["ids"]!.DeepClone() });
        return [.. found["list"]!.AsArray().Select(one => $"{(string?)one!["start"]} {(string?)one["title"]}").Order(StringComparer.Ordinal)];
    }

    public void Dispose() => _http.Dispose();
}
