using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Testing;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>Somebody who reads an event source, as a browser does: the fields of each event up to its empty line.</summary>
public sealed class EventStream : IDisposable
{
    readonly HttpClient _http;
    readonly StreamReader _reader;

    EventStream(HttpClient http, StreamReader reader)
    {
        _http = http;
        _reader = reader;
    }

    /// <summary>Opens one; it is open once the server has said welcome.</summary>
    public static async Task<EventStream> Open(JmapServer server, AccountId person, string query = "types=*&closeafter=no&ping=0", string? lastEventId = null)
    {
        var http = server.Client(person);
        if (lastEventId is not null) http.DefaultRequestHeaders.Add("Last-Event-ID", lastEventId);
        var reader = new StreamReader(await Wait.For(http.GetStreamAsync("jmap/eventsource?" + query)));
        var stream = new EventStream(http, reader);
        if (await stream.Line() != ": welcome" || await stream.Line() != "") throw new InvalidDataException("The server did not say welcome.");
        return stream;
    }

    /// <summary>The next event; null at the end. Comments alone are events without a name.</summary>
    public async Task<(string? Name, string? Id, JsonObject? Data)?> Next()
    {
        (string? Name, string? Id, JsonObject? Data) found = default;
        while (await Line() is { } line)
        {
            if (line.Length == 0) return found;
            if (line.StartsWith("event: ", StringComparison.Ordinal)) found.Name = line[7..];
            else if (line.StartsWith("id: ", StringComparison.Ordinal)) found.Id = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) found.Data = (JsonObject)JsonNode.Parse(line[6..])!;
            else if (!line.StartsWith(':')) throw new InvalidDataException($"This is no line of an event stream: {line}");
        }

        return null;
    }

    /// <summary>The next event, which must be a state.</summary>
    public async Task<(string Id, JsonObject Data)> State()
    {
        var next = await Next() ?? throw new EndOfStreamException("The event source ended.");
        return next is ("state", { } id, { } data) ? (id, data) : throw new InvalidDataException($"Expected a state: {next.Name}");
    }

    /// <summary>Reads to the end, which must come.</summary>
    public async Task<List<string?>> Rest()
    {
        var names = new List<string?>();
        while (await Next() is { } next) names.Add(next.Name);
        return names;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _http.Dispose();
    }

    async Task<string?> Line() => await Wait.For(_reader.ReadLineAsync(CancellationToken.None).AsTask());
}
