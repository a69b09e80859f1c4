using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

public sealed class JmapPatchTests
{
    const string Record = """{"id":"e1","keywords":{"$seen":true,"a/b":true},"subject":"x"}""";

    [Theory]
    [InlineData("""{"keywords/$flagged":true}""", """{"id":"e1","keywords":{"$seen":true,"a/b":true,"$flagged":true},"subject":"x"}""")]
    [InlineData("""{"keywords/$seen":null}""", """{"id":"e1","keywords":{"a/b":true},"subject":"x"}""")]
    [InlineData("""{"keywords/a~1b":null}""", """{"id":"e1","keywords":{"$seen":true},"subject":"x"}""")]
    [InlineData("""{"keywords":{}}""", """{"id":"e1","keywords":{},"subject":"x"}""")]
    [InlineData("""{"subject":null}""", """{"id":"e1","keywords":{"$seen":true,"a/b":true},"subject":null}""")]
    public void A_patch_changes_what_its_paths_name(string patch, string expected)
    {
        var result = JmapPatch.Apply((JsonObject)JsonNode.Parse(Record)!, (JsonObject)JsonNode.Parse(patch)!, out var error);
        error.ShouldBeNull();
        result!.ToJsonString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"keywords":{},"keywords/$seen":null}""")]
    [InlineData("""{"missing/x":true}""")]
    [InlineData("""{"subject/x":true}""")]
    public void A_patch_through_what_is_not_there_or_over_itself_is_invalidPatch(string patch)
    {
        JmapPatch.Apply((JsonObject)JsonNode.Parse(Record)!, (JsonObject)JsonNode.Parse(patch)!, out var error).ShouldBeNull();
        error!.Type.ShouldBe("invalidPatch");
    }
}
