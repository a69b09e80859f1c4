using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>Requests over the WebSocket. RFC 8887.</summary>
public sealed class WebSocketTests(JmapServer server) : IClassFixture<JmapServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static string Hold(AccountId person, string gate, string id, int filler = 0) => $$"""
        {"@type":"Request","id":"{{id}}","using":["urn:example:notes"],"methodCalls":[["Note/hold",{"accountId":"{{person}}","gate":"{{gate}}","filler":{{filler}}},"0"]]}
        """;

    static void ShouldBeRefused(JsonObject answer, string type, string? id)
    {
        ((string?)answer["@type"]).ShouldBe("RequestError");
        ((string?)answer["type"]).ShouldBe("urn:ietf:params:jmap:error:" + type);
        ((int)answer["status"]!).ShouldBeInRange(400, 499);
        ((string?)answer["detail"]).ShouldNotBeNullOrWhiteSpace();
        answer.ContainsKey("requestId").ShouldBeTrue();
        ((string?)answer["requestId"]).ShouldBe(id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("chat")]
    public async Task Without_the_subprotocol_jmap_no_socket_is_opened(string? subprotocol)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", $"Bearer {server.Alice}");
        if (subprotocol is not null) socket.Options.AddSubProtocol(subprotocol);
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(server.Url.ToString().Replace("http", "ws", StringComparison.Ordinal) + "jmap/ws"), Cancellation));
        socket.HttpStatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("http://localhost:1", false)]
    [InlineData("http://localhost:8080", true)]
    public async Task A_page_of_another_origin_opens_no_socket(string origin, bool isOurs)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", $"Bearer {server.Alice}");
        socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.AddSubProtocol("jmap");
        var connecting = socket.ConnectAsync(new Uri(server.Url.ToString().Replace("http", "ws", StringComparison.Ordinal) + "jmap/ws"), Cancellation);
        if (isOurs) await connecting;
        else await Should.ThrowAsync<WebSocketException>(connecting);
        socket.HttpStatusCode.ShouldBe(isOurs ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Among_several_subprotocols_jmap_is_chosen()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {server.Alice}");
        socket.Options.AddSubProtocol("chat");
        socket.Options.AddSubProtocol("jmap");
        await socket.ConnectAsync(new Uri(server.Url.ToString().Replace("http", "ws", StringComparison.Ordinal) + "jmap/ws"), Cancellation);
        socket.SubProtocol.ShouldBe("jmap");
    }

    [Fact]
    public async Task Requests_run_side_by_side_and_each_response_names_its_request()
    {
        var person = await server.Somebody();
        using var socket = await server.Socket(person);
        var gate = server.Notes.At(person.ToString());
        await socket.Send(Hold(person, person.ToString(), "slow"));
        await socket.Echo("quick");
        var first = await socket.Receive("Response");
        ((string?)first["requestId"]).ShouldBe("quick");
        ((string?)first["methodResponses"]![0]![1]!["said"]).ShouldBe("quick");
        ((string?)first["sessionState"]).ShouldNotBeNullOrEmpty();
        gate.Open();
        ((string?)(await socket.Receive("Response"))["requestId"]).ShouldBe("slow");
    }

    [Fact]
    public async Task A_request_without_an_id_is_answered_without_one()
    {
        using var socket = await server.Socket(server.Alice);
        await socket.Send("""{"@type":"Request","using":["urn:ietf:params:jmap:core"],"methodCalls":[],"createdIds":{"k":"n1"}}""");
        var response = await socket.Receive("Response");
        response.ContainsKey("requestId").ShouldBeFalse();
        ((string?)response["createdIds"]!["k"]).ShouldBe("n1");
    }

    [Theory]
    [InlineData("{", "notJSON", null)]
    [InlineData("", "notJSON", null)]
    [InlineData("""{"@type":"Request","id":"x","id":"y","using":[],"methodCalls":[]}""", "notJSON", null)]
    [InlineData("null", "notRequest", null)]
    [InlineData("[]", "notRequest", null)]
    [InlineData("""{"id":"x","using":[],"methodCalls":[]}""", "notRequest", "x")]
    [InlineData("""{"@type":"Response","id":"x"}""", "notRequest", "x")]
    [InlineData("""{"@type":"Request","id":7,"using":[],"methodCalls":[]}""", "notRequest", null)]
    [InlineData("""{"@type":"Request","id":"x","using":[]}""", "notRequest", "x")]
    [InlineData("""{"@type":"Request","id":"x","using":["urn:example:none"],"methodCalls":[]}""", "unknownCapability", "x")]
    [InlineData("""{"@type":"WebSocketPushEnable","id":"x","dataTypes":"Note"}""", "notRequest", "x")]
    [InlineData("""{"@type":"WebSocketPushEnable","dataTypes":["Note",7]}""", "notRequest", null)]
    public async Task Bad_input_is_a_RequestError_and_the_socket_stays_open(string message, string type, string? id)
    {
        using var socket = await server.Socket(server.Alice);
        await socket.Send(message);
        ShouldBeRefused(await socket.Receive("RequestError"), type, id);
        await socket.Echo("after");
        ((string?)(await socket.Receive("Response"))["requestId"]).ShouldBe("after");
    }

    [Fact]
    public async Task A_message_in_many_frames_is_one_message()
    {
        using var socket = await server.Socket(server.Alice);
        foreach (var character in """{"@type":"Request","id":"parts","using":[],"methodCalls":[]""") await socket.Send(character.ToString(), isLast: false);
        await socket.Send("}");
        ((string?)(await socket.Receive("Response"))["requestId"]).ShouldBe("parts");
    }

    [Fact]
    public async Task A_message_of_maxSizeRequest_octets_is_answered_and_one_more_is_limit()
    {
        using var socket = await server.Socket(server.Alice);
        const string Message = """{"@type":"Request","id":"big","using":[],"methodCalls":[]}""";
        await socket.Send(Message.PadRight(server.Limits.MaxSizeRequest));
        ((string?)(await socket.Receive("Response"))["requestId"]).ShouldBe("big");

        await socket.Send(Message.PadRight(server.Limits.MaxSizeRequest + 1));
        var refused = await socket.Receive("RequestError");
        ShouldBeRefused(refused, "limit", null);
        ((string?)refused["limit"]).ShouldBe("maxSizeRequest");

        await socket.Echo("after");
        ((string?)(await socket.Receive("Response"))["requestId"]).ShouldBe("after");
    }

    [Fact]
    public async Task More_than_maxCallsInRequest_calls_are_limit()
    {
        using var socket = await server.Socket(server.Alice);
        var calls = string.Join(',', Enumerable.Repeat("""["Core/echo",{},"0"]""", server.Limits.MaxCallsInRequest + 1));
        await socket.Send($$"""{"@type":"Request","id":"many","using":["urn:ietf:params:jmap:core"],"methodCalls":[{{calls}}]}""");
        var refused = await socket.Receive("RequestError");
        ShouldBeRefused(refused, "limit", "many");
        ((string?)refused["limit"]).ShouldBe("maxCallsInRequest");
    }

    [Fact]
    public async Task The_places_for_requests_are_shared_by_all_sockets_and_HTTP()
    {
        var person = await server.Somebody();
        using var socket = await server.Socket(person);
        using var other = await server.Socket(person);
        var gate = server.Notes.At(person.ToString());
        for (var i = 0; i < server.Limits.MaxConcurrentRequests; i++) await socket.Send(Hold(person, person.ToString(), $"r{i}"));
        await Wait.Until(() => gate.Came == server.Limits.MaxConcurrentRequests, "every request runs", Cancellation);

        foreach (var each in new[] { socket, other })
        {
            await each.Echo("more");
            var refused = await each.Receive("RequestError");
            ShouldBeRefused(refused, "limit", "more");
            ((string?)refused["limit"]).ShouldBe("maxConcurrentRequests");
        }

        (await server.Post(person, """{"using":[],"methodCalls":[]}""")).Status.ShouldBe(HttpStatusCode.TooManyRequests);

        gate.Open();
        var answered = new HashSet<string>();
        for (var i = 0; i < server.Limits.MaxConcurrentRequests; i++) answered.Add((string)(await socket.Receive("Response"))["requestId"]!);
        answered.Count.ShouldBe(server.Limits.MaxConcurrentRequests);
    }

    [Fact]
    public async Task Halves_of_large_messages_take_places_so_that_many_sockets_cannot_fill_the_memory()
    {
        var person = await server.Somebody();
        var half = """{"@type":"Request","id":"half","using":[],"methodCalls":[]""".PadRight(100_000);
        var sockets = new List<WebSocketClient>();
        for (var i = 0; i < server.Limits.MaxConcurrentRequests; i++) sockets.Add(await server.Socket(person));
        foreach (var socket in sockets) await socket.Send(half, isLast: false);
        // Asking by a request would take a place itself, and one of the halves would find none.
        await Wait.Until(() => server.PlacesTaken(person) == server.Limits.MaxConcurrentRequests, "every place is taken", Cancellation);
        (await server.Post(person, """{"using":[],"methodCalls":[]}""")).Status.ShouldBe(HttpStatusCode.TooManyRequests);

        using var late = await server.Socket(person);
        await late.Send(half, isLast: false);
        await late.Send("}");
        ShouldBeRefused(await late.Receive("RequestError"), "limit", null);

        foreach (var socket in sockets)
        {
            await socket.Send("}");
            ((string?)(await socket.Receive("Response"))["requestId"]).ShouldBe("half");
            socket.Dispose();
        }
    }

    [Fact]
    public async Task Who_does_not_read_is_not_answered_without_end()
    {
        var person = await server.Somebody();
        using var socket = await server.Socket(person);
        server.Notes.At(person.ToString()).Open();
        var sent = 0;

        // What the system's buffers take is answered and over; then unread responses keep their places until none is left.
        await Wait.Until(async () =>
        {
            await socket.Send(Hold(person, person.ToString(), $"r{sent++}", 2_000_000));
            return (await server.Post(person, """{"using":[],"methodCalls":[]}""")).Status == HttpStatusCode.TooManyRequests;
        }, "unread responses hold every place", Cancellation);

        var answers = new List<string>();
        for (var i = 0; i < sent; i++) answers.Add((string)(await socket.Receive())!["requestId"]!);
        answers.ShouldBe(Enumerable.Range(0, sent).Select(i => $"r{i}"), ignoreOrder: true);
        await Wait.Until(async () => (await server.Post(person, """{"using":[],"methodCalls":[]}""")).Status == HttpStatusCode.OK, "there is room again", Cancellation);
    }

    [Fact]
    public async Task A_binary_frame_ends_the_connection_by_its_status()
    {
        using var socket = await server.Socket(server.Alice);
        await socket.Socket.SendAsync(Encoding.UTF8.GetBytes("""{"@type":"Request","using":[],"methodCalls":[]}"""), WebSocketMessageType.Binary, true, Cancellation);
        (await socket.UntilClosed()).ShouldBe(WebSocketCloseStatus.InvalidMessageType);
    }

    [Fact]
    public async Task A_revoked_session_closes_the_socket_and_ends_what_it_does()
    {
        var person = await server.Somebody();
        using var socket = await server.Socket(person);
        await socket.Send("""{"@type":"WebSocketPushEnable","dataTypes":null}""");
        await socket.Send(Hold(person, person.ToString(), "held"));
        await Wait.Until(() => server.Notes.At(person.ToString()).Came == 1, "the request runs", Cancellation);
        server.SignIn.Revoke(person.Value);
        (await socket.UntilClosed()).ShouldBe(WebSocketCloseStatus.PolicyViolation);
        await Wait.Until(() => server.Notes.At(person.ToString()).Cancelled == 1, "the request ends", Cancellation);
        await Wait.Until(async () => (await server.Post(person, """{"using":[],"methodCalls":[]}""")).Status == HttpStatusCode.OK, "its place is free", Cancellation);
    }

    [Fact]
    public async Task A_client_that_closes_is_answered_and_what_it_asked_for_ends()
    {
        var person = await server.Somebody();
        using var socket = await server.Socket(person);
        await socket.Send(Hold(person, person.ToString(), "held"));
        await Wait.Until(() => server.Notes.At(person.ToString()).Came == 1, "the request runs", Cancellation);
        await Wait.For(socket.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation));
        socket.Socket.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
        await Wait.Until(() => server.Notes.At(person.ToString()).Cancelled == 1, "the request ends", Cancellation);
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_nothing_running()
    {
        var person = await server.Somebody();
        using var socket = await server.Socket(person);
        await socket.Send(Hold(person, person.ToString(), "held"));
        await Wait.Until(() => server.Notes.At(person.ToString()).Came == 1, "the request runs", Cancellation);
        socket.Socket.Abort();
        await Wait.Until(() => server.Notes.At(person.ToString()).Cancelled == 1, "the request ends", Cancellation);
    }
}
