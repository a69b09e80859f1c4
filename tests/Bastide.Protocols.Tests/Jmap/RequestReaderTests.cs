using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>Request-level errors. RFC 8620 §3.6.1.</summary>
public sealed class RequestReaderTests
{
    static readonly Dictionary<string, JmapMethodTable.Capability> Known = new() { ["urn:ietf:params:jmap:core"] = new(_ => [], (_, _, _) => []) };

    static RequestError? ErrorOf(byte[] body) => RequestReader.Parse(body, Known, new JmapLimits()).Error;

    static RequestError? ErrorOf(string body) => ErrorOf(Encoding.UTF8.GetBytes(body));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("""{"using":[],"using":[],"methodCalls":[]}""")]
    [InlineData("""{"using":[],"methodCalls":[["Core/echo",{"a":1,"a":2},"0"]]}""")]
    public void What_is_not_I_JSON_is_notJSON(string body) => ErrorOf(body)!.Type.ShouldBe("notJSON");

    [Fact]
    public void Octets_that_are_not_UTF_8_are_notJSON() => ErrorOf([.. "{\"using\":[\""u8, 0xC3, 0x28, .. "\"],\"methodCalls\":[]}"u8]).ShouldBe(RequestError.NotJson);

    [Fact]
    public void Ten_thousand_levels_are_notJSON() => ErrorOf(new string('[', 10_000) + new string(']', 10_000)).ShouldBe(RequestError.NotJson);

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"using":["urn:ietf:params:jmap:core"]}""")]
    [InlineData("""{"using":[1],"methodCalls":[]}""")]
    [InlineData("""{"using":[],"methodCalls":[["Core/echo",{}]]}""")]
    [InlineData("""{"using":[],"methodCalls":[["Core/echo",[],"0"]]}""")]
    [InlineData("""{"using":[],"methodCalls":[],"createdIds":[]}""")]
    public void What_is_not_a_request_object_is_notRequest(string body) => ErrorOf(body)!.Type.ShouldBe("notRequest");

    [Fact]
    public void A_capability_that_is_not_the_sessions_is_unknownCapability() =>
        ErrorOf("""{"using":["urn:example"],"methodCalls":[]}""")!.Type.ShouldBe("unknownCapability");

    [Fact]
    public void More_calls_than_the_limit_name_the_limit()
    {
        var calls = string.Join(',', Enumerable.Repeat("""["Core/echo",{},"0"]""", 33));
        var error = ErrorOf($$"""{"using":[],"methodCalls":[{{calls}}]}""")!;
        (error.Type, error.LimitName).ShouldBe(("limit", "maxCallsInRequest"));
        ((string?)error.ToJson()["type"]).ShouldBe("urn:ietf:params:jmap:error:limit");
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_read_no_further()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var endless = new byte[64 * 1024];
        for (var i = 0; i < 4; i++) await pipe.Writer.WriteAsync(endless, TestContext.Current.CancellationToken);
        var (body, error) = await RequestReader.ReadBody(pipe.Reader, null, 100_000, TestContext.Current.CancellationToken);
        body.ShouldBeNull();
        error!.LimitName.ShouldBe("maxSizeRequest");
    }

    [Fact]
    public void A_request_keeps_its_calls_in_order()
    {
        var (request, error) = RequestReader.Parse("""{"using":["urn:ietf:params:jmap:core"],"methodCalls":[["Core/echo",{"x":1},"a"],["Core/echo",{},"b"]],"createdIds":{"k":"e1"}}"""u8, Known, new JmapLimits());
        error.ShouldBeNull();
        request!.Calls.Select(c => c.Id).ShouldBe(["a", "b"]);
        request.CreatedIds!["k"].ShouldBe("e1");
        ((int)request.Calls[0].Arguments["x"]!).ShouldBe(1);
    }
}
