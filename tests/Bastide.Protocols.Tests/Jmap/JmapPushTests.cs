using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>Push over the event source (RFC 8620 §7.3) and the WebSocket (RFC 8887).</summary>
public sealed class JmapPushTests(JmapServer server) : IClassFixture<JmapServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    async Task<AccountId> Somebody() =>
        await server.Database.Write(scope => AccountTable.Create(scope, AccountKind.User, "Somebody", null, DateTimeOffset.UtcNow), Cancellation);

    static async Task<JsonObject> NextState(StreamReader events)
    {
        while (await Wait.For(events.ReadLineAsync(Cancellation).AsTask()) is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonNode.Parse(line[6..]) is JsonObject { } data && data.ContainsKey("changed"))
                return data;
        throw new EndOfStreamException("The event source ended.");
    }

    [Fact]
    public async Task An_open_event_source_tells_of_each_new_state()
    {
        var person = await Somebody();
        using var http = server.Client(person);
        using var events = new StreamReader(await http.GetStreamAsync("jmap/eventsource?types=Note&closeafter=no&ping=0", Cancellation));
        (await events.ReadLineAsync(Cancellation)).ShouldBe(": welcome");
        await events.ReadLineAsync(Cancellation);
        var seq = await ChangeUntilHeard(person, events);
        ((string)seq["changed"]![person.ToString()]!["Note"]!).ShouldNotBeNull();
    }

    /// <summary>The reader stands at the state it found when it began; a change after that is told. Which comes first is not ours to say, so changes go on until one is heard.</summary>
    async Task<JsonObject> ChangeUntilHeard(AccountId person, StreamReader events)
    {
        var heard = NextState(events);
        while (!heard.IsCompleted)
        {
            await server.ChangeNotes(person);
            await Task.WhenAny(heard, Task.Delay(20, Cancellation));
        }

        return await heard;
    }

    [Fact]
    public async Task A_reader_that_comes_back_with_its_last_event_id_hears_what_it_missed()
    {
        var person = await Somebody();
        var first = await server.ChangeNotes(person);
        var second = await server.ChangeNotes(person);
        using var http = server.Client(person);
        http.DefaultRequestHeaders.Add("Last-Event-ID", $"{person}:{first}");
        using var events = new StreamReader(await http.GetStreamAsync("jmap/eventsource?types=*&closeafter=state&ping=0", Cancellation));
        ((string)(await NextState(events))["changed"]![person.ToString()]!["Note"]!).ShouldBe(second.ToString());
        (await Wait.For(events.ReadToEndAsync(Cancellation))).Trim().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_source_ends_when_its_session_is_revoked()
    {
        var person = await Somebody();
        using var http = server.Client(person);
        using var events = new StreamReader(await http.GetStreamAsync("jmap/eventsource?types=*&closeafter=no&ping=0", Cancellation));
        await events.ReadLineAsync(Cancellation);
        server.SignIn.Revoke(person.Value);
        await Wait.For(events.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task A_web_socket_answers_requests_pushes_and_ends_with_its_session()
    {
        var person = await Somebody();
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("jmap");
        socket.Options.SetRequestHeader("Authorization", $"Bearer {person}");
        await socket.ConnectAsync(new Uri(server.Url.ToString().Replace("http", "ws", StringComparison.Ordinal) + "jmap/ws"), Cancellation);

        await Send(socket, """{"@type":"Request","id":"r1","using":["urn:ietf:params:jmap:core"],"methodCalls":[["Core/echo",{"x":1},"0"]]}""");
        var response = await Receive(socket);
        ((string)response["@type"]!, (string)response["requestId"]!, (int)response["methodResponses"]![0]![1]!["x"]!).ShouldBe(("Response", "r1", 1));

        await Send(socket, "{");
        ((string)(await Receive(socket))["type"]!).ShouldBe("urn:ietf:params:jmap:error:notJSON");

        var seq = await server.ChangeNotes(person);
        await Send(socket, $$"""{"@type":"WebSocketPushEnable","dataTypes":null,"pushState":"{{person}}:0"}""");
        var push = await Receive(socket);
        ((string)push["@type"]!, (string)push["changed"]![person.ToString()]!["Note"]!).ShouldBe(("StateChange", seq.ToString()));
        ((string)push["pushState"]!).ShouldContain($"{person}:{seq}");

        server.SignIn.Revoke(person.Value);
        var buffer = new byte[1024];
        await Should.ThrowAsync<Exception>(async () =>
        {
            while ((await Wait.For(socket.ReceiveAsync(buffer.AsMemory(), Cancellation).AsTask())).MessageType != WebSocketMessageType.Close)
            {
            }

            throw new WebSocketException("closed");
        });
    }

    static Task Send(ClientWebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Cancellation);

    static async Task<JsonObject> Receive(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var received = await Wait.For(socket.ReceiveAsync(buffer.AsMemory(), Cancellation).AsTask());
        return (JsonObject)JsonNode.Parse(buffer.AsSpan(0, received.Count))!;
    }
}
