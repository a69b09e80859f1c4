using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>Method-level errors: each in the place of its call, the others untouched. RFC 8620 §3.6.2.</summary>
public sealed class MethodErrorTests(JmapServer server) : IClassFixture<JmapServer>
{
    /// <summary>The error of the one call between two that must not suffer from it.</summary>
    async Task<JsonObject> ErrorOf(AccountId person, string name, string arguments)
    {
        var responses = await server.Call(person, $$"""[["Core/echo",{"before":true},"a"],["{{name}}",{{arguments}},"b"],["Core/echo",{"after":true},"c"]]""");
        responses.Select(r => (string)r![2]!).ShouldBe(["a", "b", "c"]);
        ((bool)responses[0]![1]!["before"]!).ShouldBeTrue();
        ((bool)responses[2]![1]!["after"]!).ShouldBeTrue();
        ((string)responses[1]![0]!).ShouldBe("error", responses[1]!.ToJsonString());
        return responses[1]![1]!.AsObject();
    }

    async Task ShouldBe(string type, AccountId person, string name, string arguments)
    {
        var error = await ErrorOf(person, name, arguments);
        ((string?)error["type"]).ShouldBe(type);
        ((string?)error["description"]).ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("No/such")]
    [InlineData("core/echo")]
    [InlineData("")]
    [InlineData("error")]
    public Task A_method_that_is_not_there_is_unknownMethod(string name) => ShouldBe("unknownMethod", server.Alice, name, "{}");

    [Theory]
    [InlineData("Note/get", """{"accountId":%,"ids":"n1"}""")]
    [InlineData("Note/get", """{"accountId":%,"ids":[1]}""")]
    [InlineData("Note/get", """{"accountId":%,"ids":[],"properties":["colour"]}""")]
    [InlineData("Note/set", """{"accountId":%,"create":[]}""")]
    [InlineData("Note/set", """{"accountId":%,"update":{"n1":7}}""")]
    [InlineData("Note/set", """{"accountId":%,"destroy":"n1"}""")]
    [InlineData("Note/set", """{"accountId":%,"ifInState":7}""")]
    [InlineData("Note/get", """{"ids":[]}""")]
    [InlineData("Note/get", """{"accountId":%,"ids":["\u0000"]}""")]
    [InlineData("Quota/changes", """{"accountId":%}""")]
    [InlineData("Quota/changes", """{"accountId":%,"sinceState":"1","maxChanges":0}""")]
    [InlineData("Quota/changes", """{"accountId":%,"sinceState":"1","maxChanges":-1}""")]
    [InlineData("Quota/query", """{"accountId":%,"limit":-1}""")]
    [InlineData("Quota/query", """{"accountId":%,"position":1.5}""")]
    [InlineData("Quota/query", """{"accountId":%,"position":9007199254740992}""")]
    [InlineData("Quota/query", """{"accountId":%,"filter":{"operator":"XOR","conditions":[]}}""")]
    [InlineData("Quota/query", """{"accountId":%,"sort":[{"isAscending":true}]}""")]
    [InlineData("Quota/query", """{"accountId":%,"calculateTotal":"yes"}""")]
    [InlineData("Blob/get", """{"accountId":%}""")]
    [InlineData("Blob/upload", """{"accountId":%}""")]
    [InlineData("Blob/copy", """{"accountId":%,"fromAccountId":%}""")]
    public Task An_argument_of_the_wrong_type_or_a_missing_one_is_invalidArguments(string name, string arguments) =>
        ShouldBe("invalidArguments", server.Alice, name, arguments.Replace("%", $"\"{server.Alice}\"", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"accountId":%,"#ids":{"resultOf":"zzz","name":"Core/echo","path":"/x"}}""")]
    [InlineData("""{"accountId":%,"#ids":{"resultOf":"a","name":"Core/get","path":"/x"}}""")]
    [InlineData("""{"accountId":%,"#ids":{"resultOf":"a","name":"Core/echo","path":"/x"}}""")]
    [InlineData("""{"accountId":%,"#ids":{"resultOf":"b","name":"Note/get","path":"/list"}}""")]
    [InlineData("""{"accountId":%,"#ids":{"resultOf":"c","name":"Core/echo","path":"/after"}}""")]
    [InlineData("""{"accountId":%,"#ids":{"resultOf":"a","name":"Core/echo"}}""")]
    [InlineData("""{"accountId":%,"#ids":"a"}""")]
    public Task A_reference_that_leads_nowhere_is_invalidResultReference(string arguments) =>
        ShouldBe("invalidResultReference", server.Alice, "Note/get", arguments.Replace("%", $"\"{server.Alice}\"", StringComparison.Ordinal));

    [Fact]
    public Task An_argument_by_value_and_by_reference_is_invalidArguments() =>
        ShouldBe("invalidArguments", server.Alice, "Note/get", $$$"""{"accountId":"{{{server.Alice}}}","ids":null,"#ids":{"resultOf":"a","name":"Core/echo","path":""} }""");

    [Fact]
    public async Task An_account_that_somebody_else_owns_does_not_exist_whoever_asks_for_it()
    {
        var (stranger, owner) = (await server.Somebody(), await server.Somebody());
        foreach (var method in new[] { "Note/get", "Note/set", "Diary/get", "Quota/get", "Quota/query", "Blob/get", "Blob/upload", "Blob/lookup", "Blob/copy" })
            await ShouldBe("accountNotFound", stranger, method, $$"""{"accountId":"{{owner}}","ids":[]}""");
        await ShouldBe("fromAccountNotFound", stranger, "Blob/copy", $$"""{"accountId":"{{stranger}}","fromAccountId":"{{owner}}","blobIds":[]}""");
    }

    [Fact]
    public async Task An_account_without_the_capability_is_accountNotSupportedByMethod()
    {
        var (friend, owner) = (await server.Somebody(), await server.Somebody());
        await server.Give(owner, friend, Rights.Reader);
        await ShouldBe("accountNotSupportedByMethod", friend, "Diary/get", $$"""{"accountId":"{{owner}}"}""");
        await server.Give(owner, friend, Rights.Lookup);
        await ShouldBe("accountNotSupportedByMethod", friend, "Blob/get", $$"""{"accountId":"{{owner}}","ids":[]}""");
        await ShouldBe("accountNotSupportedByMethod", friend, "Quota/get", $$"""{"accountId":"{{owner}}","ids":null}""");
    }

    [Fact]
    public async Task An_account_that_is_only_to_be_read_is_accountReadOnly_for_what_would_change_it()
    {
        var (friend, owner) = (await server.Somebody(), await server.Somebody());
        await server.Give(owner, friend, Rights.Reader);
        await ShouldBe("accountReadOnly", friend, "Blob/upload", $$"""{"accountId":"{{owner}}","create":{"a":{"data":[{"data:asText":"x"}]} } }""");
        await ShouldBe("accountReadOnly", friend, "Blob/copy", $$"""{"accountId":"{{owner}}","fromAccountId":"{{friend}}","blobIds":[]}""");
        await ShouldBe("accountReadOnly", friend, "Note/set", $$"""{"accountId":"{{owner}}","create":{"a":{} } }""");
        // Whoever may do no more than send in its name can change what is to be sent.
        await server.Give(owner, friend, Rights.Reader | Rights.Submit);
        var responses = await server.Call(friend, $$"""[["Note/set",{"accountId":"{{owner}}","create":{"a":{} } },"0"]]""");
        ((string)responses[0]![0]!).ShouldBe("Note/set");
    }

    [Fact]
    public async Task What_fails_in_an_unforeseen_way_is_serverFail_with_a_number_and_nothing_of_the_inside()
    {
        var error = await ErrorOf(server.Alice, "Note/fail", $$"""{"accountId":"{{server.Alice}}"}""");
        ((string?)error["type"]).ShouldBe("serverFail");
        ((string)error["description"]!).ShouldMatch("number [0-9a-f]{12}");
        error.Select(p => p.Key).ShouldBe(["type", "description"]);
        error.ToJsonString().ShouldNotContain("secret");
        error.ToJsonString().ShouldNotContain("Exception");
    }

    [Fact]
    public async Task Of_maxObjectsInGet_ids_all_are_fetched_and_one_more_is_requestTooLarge()
    {
        string Arguments(int count) => $$"""{"accountId":"{{server.Alice}}","ids":[{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"n{i}\""))}}]}""";
        var responses = await server.Call(server.Alice, $"""[["Note/get",{Arguments(server.Limits.MaxObjectsInGet)},"0"]]""");
        responses[0]![1]!["list"]!.AsArray().Count.ShouldBe(server.Limits.MaxObjectsInGet);
        await ShouldBe("requestTooLarge", server.Alice, "Note/get", Arguments(server.Limits.MaxObjectsInGet + 1));
        await ShouldBe("requestTooLarge", server.Alice, "Blob/get", Arguments(server.Limits.MaxObjectsInGet + 1));
    }

    [Fact]
    public async Task The_answers_of_one_request_are_bounded_together()
    {
        server.Notes.At("open").Open();
        var call = $$"""["Note/hold",{"accountId":"{{server.Alice}}","gate":"open","filler":4000000},"0"]""";
        var before = server.Notes.At("open").Came;
        var responses = await server.Call(server.Alice, $"[{string.Join(',', Enumerable.Repeat(call, 8))}]");
        responses.Select(r => (string)r![0]!).ShouldBe([.. Enumerable.Repeat("Note/hold", 5), "error", "error", "error"]);
        responses.Skip(5).Select(r => (string)r![1]!["type"]!).ShouldAllBe(type => type == "requestTooLarge");
        // What could not be answered was not done.
        (server.Notes.At("open").Came - before).ShouldBe(5);
    }

    [Theory]
    [InlineData(1001, 0, 0)]
    [InlineData(0, 1001, 0)]
    [InlineData(0, 0, 1001)]
    [InlineData(334, 333, 334)]
    public async Task Of_maxObjectsInSet_records_all_are_changed_and_one_more_is_requestTooLarge(int create, int update, int destroy)
    {
        (create + update + destroy).ShouldBe(server.Limits.MaxObjectsInSet + 1);
        string Objects(string prefix, int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $$"""
            "{{prefix}}{{i}}":{}
            """.Trim()));
        string Arguments(int less) => $$"""
            {"accountId":"{{server.Alice}}","create":{ {{Objects("c", create == 0 ? 0 : create - less)}} },"update":{ {{Objects("u", create == 0 && update > 0 ? update - less : update)}} },
             "destroy":[{{string.Join(',', Enumerable.Range(0, create + update == 0 ? destroy - less : destroy).Select(i => $"\"d{i}\""))}}]}
            """;
        var accepted = (await server.Call(server.Alice, $"""[["Note/set",{Arguments(1)},"0"]]"""))[0]!;
        ((string)accepted[0]!).ShouldBe("Note/set");
        ((accepted[1]!["created"] as JsonObject)?.Count ?? 0).ShouldBe(Math.Max(0, create - 1));
        await ShouldBe("requestTooLarge", server.Alice, "Note/set", Arguments(0));
    }
}
