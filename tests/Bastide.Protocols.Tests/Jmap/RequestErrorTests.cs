using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>Request-level errors over HTTP: problem details with the type, the status and the limit. RFC 8620 §3.6.1.</summary>
public sealed class RequestErrorTests(JmapServer server) : IClassFixture<JmapServer>
{
    const string Urn = "urn:ietf:params:jmap:error:";
    const string Empty = """{"using":["urn:ietf:params:jmap:core"],"methodCalls":[]}""";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static void ShouldBeProblem((HttpStatusCode Status, string? Type, JsonObject Body) answer, string type, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        answer.Status.ShouldBe(status);
        answer.Type.ShouldBe("application/problem+json");
        ((string?)answer.Body["type"]).ShouldBe(Urn + type);
        ((int?)answer.Body["status"]).ShouldBe((int)status);
        ((string?)answer.Body["detail"]).ShouldNotBeNullOrWhiteSpace();
    }

    static void ShouldBeLimit((HttpStatusCode Status, string? Type, JsonObject Body) answer, string limit, HttpStatusCode status)
    {
        ShouldBeProblem(answer, "limit", status);
        ((string?)answer.Body["limit"]).ShouldBe(limit);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/problem+json")]
    [InlineData(null)]
    public async Task A_body_of_another_media_type_is_notJSON(string? type)
    {
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Empty));
        if (type is not null) body.Headers.ContentType = new(type);
        ShouldBeProblem(await server.Post(server.Alice, body), "notJSON");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=utf-8")]
    public async Task The_media_type_may_have_parameters(string type)
    {
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Empty));
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        (await server.Post(server.Alice, body)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"using\":[],\"methodCalls\":[]")]
    [InlineData("""{"using":[],"methodCalls":[],"using":[]}""")]
    [InlineData("""{"using":[],"methodCalls":[["Core/echo",{"half":"\ud800"},"0"]]}""")]
    public async Task What_is_not_I_JSON_is_notJSON(string body) => ShouldBeProblem(await server.Post(server.Alice, body), "notJSON");

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"using":"urn:ietf:params:jmap:core","methodCalls":[]}""")]
    [InlineData("""{"using":[],"methodCalls":[["Core/echo",{},7]]}""")]
    [InlineData("""{"using":[],"methodCalls":[["Core/echo",null,"0"]]}""")]
    [InlineData("""{"using":[],"methodCalls":[],"createdIds":{"k":7}}""")]
    public async Task What_is_JSON_but_no_request_is_notRequest(string body) => ShouldBeProblem(await server.Post(server.Alice, body), "notRequest");

    [Fact]
    public async Task A_capability_that_the_server_lacks_is_unknownCapability_and_named()
    {
        var answer = await server.Post(server.Alice, """{"using":["urn:ietf:params:jmap:core","https://example.com/apis/foobar"],"methodCalls":[["Core/echo",{},"0"]]}""");
        ShouldBeProblem(answer, "unknownCapability");
        ((string)answer.Body["detail"]!).ShouldContain("https://example.com/apis/foobar");
        answer.Body.ContainsKey("methodResponses").ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_of_maxSizeRequest_octets_is_answered_and_one_more_is_limit(bool isChunked)
    {
        HttpContent Body(int length)
        {
            var octets = Encoding.UTF8.GetBytes(Empty.PadRight(length));
            var content = isChunked ? (HttpContent)new StreamContent(new Unseekable(octets)) : new ByteArrayContent(octets);
            content.Headers.ContentType = new("application/json");
            return content;
        }

        (await server.Post(server.Alice, Body(server.Limits.MaxSizeRequest))).Status.ShouldBe(HttpStatusCode.OK);
        ShouldBeLimit(await server.Post(server.Alice, Body(server.Limits.MaxSizeRequest + 1)), "maxSizeRequest", HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_request_of_maxCallsInRequest_calls_is_answered_and_one_more_is_limit()
    {
        string Body(int calls) => $$"""{"using":["urn:ietf:params:jmap:core"],"methodCalls":[{{string.Join(',', Enumerable.Repeat("""["Core/echo",{},"0"]""", calls))}}]}""";
        var answer = await server.Post(server.Alice, Body(server.Limits.MaxCallsInRequest));
        answer.Body["methodResponses"]!.AsArray().Count.ShouldBe(server.Limits.MaxCallsInRequest);
        ShouldBeLimit(await server.Post(server.Alice, Body(server.Limits.MaxCallsInRequest + 1)), "maxCallsInRequest", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Of_maxConcurrentRequests_all_are_answered_and_one_more_is_limit_until_one_ends()
    {
        var person = await server.Somebody();
        var gate = server.Notes.At(person.ToString());
        var held = Enumerable.Range(0, server.Limits.MaxConcurrentRequests).Select(_ => server.Call(person, Hold(person, person.ToString()))).ToList();
        await Wait.Until(() => gate.Came == server.Limits.MaxConcurrentRequests, "every request runs", Cancellation);

        ShouldBeLimit(await server.Post(person, Empty), "maxConcurrentRequests", HttpStatusCode.TooManyRequests);
        (await server.Post(server.Bob, Empty)).Status.ShouldBe(HttpStatusCode.OK);

        gate.Open();
        foreach (var answer in await Wait.For(Task.WhenAll(held))) ((string)answer[0]![0]!).ShouldBe("Note/hold");
        await Wait.Until(async () => (await server.Post(person, Empty)).Status == HttpStatusCode.OK, "there is room again", Cancellation);
    }

    static string Hold(AccountId account, string gate) => $$"""[["Note/hold",{"accountId":"{{account}}","gate":"{{gate}}"},"0"]]""";

    /// <summary>A stream whose length nobody knows, so that it is sent in chunks.</summary>
    sealed class Unseekable(byte[] octets) : MemoryStream(octets)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }
}
