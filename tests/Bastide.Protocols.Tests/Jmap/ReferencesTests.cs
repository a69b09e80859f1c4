using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

public sealed class ReferencesTests
{
    static readonly JsonArray Responses = (JsonArray)JsonNode.Parse("""
        [
          ["Email/query", { "ids": ["e1", "e2"] }, "0"],
          ["Email/get", { "list": [ { "id": "e1", "threadId": "t1", "to": ["a", "b"] }, { "id": "e2", "threadId": "t2", "to": ["c"] } ], "a/b": { "m~n": 7 } }, "1"],
          ["error", { "type": "unknownMethod" }, "2"]
        ]
        """)!;

    static JsonObject Resolve(string json) => new References(1_000_000).Resolve((JsonObject)JsonNode.Parse(json)!, Responses);

    [Theory]
    [InlineData("0", "Email/query", "/ids", """["e1","e2"]""")]
    [InlineData("0", "Email/query", "/ids/1", "\"e2\"")]
    [InlineData("1", "Email/get", "/list/*/threadId", """["t1","t2"]""")]
    [InlineData("1", "Email/get", "/list/*/to", """["a","b","c"]""")]
    [InlineData("1", "Email/get", "/a~1b/m~0n", "7")]
    public void A_reference_gives_what_its_pointer_leads_to(string resultOf, string name, string path, string expected) =>
        Resolve($$$"""{"#ids": {"resultOf": "{{{resultOf}}}", "name": "{{{name}}}", "path": "{{{path}}}"} }""")["ids"]!.ToJsonString().ShouldBe(expected);

    [Theory]
    [InlineData("9", "Email/query", "/ids")]
    [InlineData("0", "Email/get", "/ids")]
    [InlineData("0", "Email/query", "/nothing")]
    [InlineData("0", "Email/query", "/ids/7")]
    [InlineData("0", "Email/query", "/ids/01")]
    [InlineData("0", "Email/query", "ids")]
    [InlineData("2", "Email/get", "/list")]
    public void A_reference_that_leads_nowhere_is_invalidResultReference(string resultOf, string name, string path) =>
        Should.Throw<JmapException>(() => Resolve($$$"""{"#ids": {"resultOf": "{{{resultOf}}}", "name": "{{{name}}}", "path": "{{{path}}}"} }""")).Type.ShouldBe("invalidResultReference");

    [Fact]
    public void A_property_given_by_value_and_by_reference_is_refused() =>
        Should.Throw<JmapException>(() => Resolve("""{"ids": [], "#ids": {"resultOf": "0", "name": "Email/query", "path": "/ids"}}""")).Type.ShouldBe("invalidArguments");
}
