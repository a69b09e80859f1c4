using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>Quotas. RFC 9425.</summary>
public sealed class QuotaTests(JmapServer server) : IClassFixture<JmapServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    async Task<JsonObject> Call(AccountId person, string method, string arguments, AccountId? account = null) =>
        (await server.Call(person, $$"""[["{{method}}",{"accountId":"{{account ?? person}}"{{(arguments.Length > 0 ? "," : "")}}{{arguments}}},"0"]]"""))[0]![1]!.AsObject();

    Task Use(AccountId account, DataType type, long octets) =>
        server.Database.Write(async scope => { await AccountTable.Use(scope, account, type, octets, 1); }, Cancellation);

    Task SetQuota(AccountId account, long? quota) =>
        server.Database.Write(async scope => { await AccountTable.Update(scope, account, "Somebody", quota, false); }, Cancellation);

    static IEnumerable<string> Ids(JsonNode? list) => list!.AsArray().Select(id => (string)id!);

    [Fact]
    public async Task A_quota_tells_all_that_the_standard_names()
    {
        var person = await server.Somebody(quota: 1000);
        await Use(person, Notes.Note, 200);
        await Use(person, Notes.Diary, 50);
        var answer = await Call(person, "Quota/get", "\"ids\":null");
        answer["notFound"]!.AsArray().ShouldBeEmpty();
        var quota = answer["list"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        ((string?)quota["resourceType"], (string?)quota["scope"], (string?)quota["name"]).ShouldBe(("octets", "account", "Somebody"));
        ((long)quota["used"]!, (long)quota["hardLimit"]!).ShouldBe((250, 1000));
        ((long)quota["warnLimit"]!).ShouldBeLessThan(1000);
        Ids(quota["types"]).ShouldBe(["Note", "Diary"]);
        quota.Select(p => p.Key).ShouldBe(["id", "resourceType", "used", "hardLimit", "scope", "name", "types", "warnLimit", "softLimit", "description"], ignoreOrder: true);
    }

    [Fact]
    public async Task Properties_and_ids_are_as_in_any_get()
    {
        var person = await server.Somebody(quota: 1000);
        var id = (string)(await Call(person, "Quota/get", "\"ids\":null"))["list"]![0]!["id"]!;
        var answer = await Call(person, "Quota/get", $"\"ids\":[\"{id}\",\"other\"],\"properties\":[\"used\"]");
        answer["list"]![0]!.AsObject().Select(p => p.Key).ShouldBe(["id", "used"], ignoreOrder: true);
        Ids(answer["notFound"]).ShouldBe(["other"]);
        (await Call(person, "Quota/get", "\"ids\":[]"))["list"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_bound_there_is_no_quota()
    {
        var person = await server.Somebody();
        (await Call(person, "Quota/get", "\"ids\":null"))["list"]!.AsArray().ShouldBeEmpty();
        (await Call(person, "Quota/query", "\"calculateTotal\":true"))["total"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Types_whose_capability_the_request_does_not_use_are_left_out_and_so_is_a_quota_of_no_others()
    {
        var person = await server.Somebody(quota: 1000);
        async Task<JsonArray> List(string uses)
        {
            var (_, _, body) = await server.Post(person, $$"""
                {"using":["urn:ietf:params:jmap:core","urn:ietf:params:jmap:quota"{{uses}}],"methodCalls":[["Quota/get",{"accountId":"{{person}}","ids":null},"0"]]}
                """);
            return body["methodResponses"]![0]![1]!["list"]!.AsArray();
        }

        Ids((await List(",\"urn:example:notes\""))[0]!["types"]).ShouldBe(["Note"]);
        (await List("")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_example_of_the_latest_changes_brings_used_alone()
    {
        var person = await server.Somebody(quota: 1000);
        var state = (string)(await Call(person, "Quota/get", "\"ids\":null"))["state"]!;
        await Use(person, Notes.Note, 246);
        var responses = await server.Call(person, $$$"""
            [["Quota/changes",{"accountId":"{{{person}}}","sinceState":"{{{state}}}","maxChanges":20},"0"],
             ["Quota/get",{"accountId":"{{{person}}}","#ids":{"resultOf":"0","name":"Quota/changes","path":"/updated"},"#properties":{"resultOf":"0","name":"Quota/changes","path":"/updatedProperties"}},"1"]]
            """);
        var changes = responses[0]![1]!;
        ((string?)changes["oldState"]).ShouldBe(state);
        ((bool)changes["hasMoreChanges"]!).ShouldBeFalse();
        Ids(changes["updatedProperties"]).ShouldBe(["used"]);
        Ids(changes["created"]).ShouldBeEmpty();
        Ids(changes["destroyed"]).ShouldBeEmpty();
        var got = responses[1]![1]!;
        var quota = got["list"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        quota.Select(p => p.Key).ShouldBe(["id", "used"], ignoreOrder: true);
        ((long)quota["used"]!).ShouldBe(246);
        Ids(changes["updated"]).ShouldBe([(string)quota["id"]!]);
        ((string?)got["state"]).ShouldBe((string?)changes["newState"]);

        var none = await Call(person, "Quota/changes", $"\"sinceState\":\"{changes["newState"]}\"");
        Ids(none["updated"]).ShouldBeEmpty();
        none["updatedProperties"].ShouldBeNull();
    }

    [Fact]
    public async Task When_the_bound_itself_has_changed_everything_is_fetched_again()
    {
        var person = await server.Somebody(quota: 1000);
        await Use(person, Notes.Note, 1);
        var state = (string)(await Call(person, "Quota/get", "\"ids\":null"))["state"]!;
        await SetQuota(person, 2000);
        ((string?)(await Call(person, "Quota/changes", $"\"sinceState\":\"{state}\""))["type"]).ShouldBe("cannotCalculateChanges");
        ((string?)(await Call(person, "Quota/queryChanges", $"\"sinceQueryState\":\"{state}\""))["type"]).ShouldBe("cannotCalculateChanges");
        var now = await Call(person, "Quota/get", "\"ids\":null");
        ((long)now["list"]![0]!["hardLimit"]!).ShouldBe(2000);
        ((string?)now["state"]).ShouldNotBe(state);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("999999")]
    public async Task A_state_that_no_server_gave_cannot_be_calculated_from(string state)
    {
        var person = await server.Somebody(quota: 1000);
        ((string?)(await Call(person, "Quota/changes", $"\"sinceState\":\"{state}\""))["type"]).ShouldBe("cannotCalculateChanges");
        ((string?)(await Call(person, "Quota/queryChanges", $"\"sinceQueryState\":\"{state}\""))["type"]).ShouldBe("cannotCalculateChanges");
    }

    [Theory]
    [InlineData("""{"name":"MEBO"}""", true)]
    [InlineData("""{"name":"nobody"}""", false)]
    [InlineData("""{"scope":"account"}""", true)]
    [InlineData("""{"scope":"domain"}""", false)]
    [InlineData("""{"resourceType":"octets"}""", true)]
    [InlineData("""{"resourceType":"count"}""", false)]
    [InlineData("""{"type":"Note"}""", true)]
    [InlineData("""{"type":"note"}""", false)]
    [InlineData("""{"type":"Note","scope":"domain"}""", false)]
    [InlineData("""{}""", true)]
    [InlineData("""{"operator":"OR","conditions":[{"scope":"domain"},{"type":"Diary"}]}""", true)]
    [InlineData("""{"operator":"AND","conditions":[{"scope":"domain"},{"type":"Diary"}]}""", false)]
    [InlineData("""{"operator":"NOT","conditions":[{"scope":"domain"}]}""", true)]
    public async Task Every_filter_of_the_standard_finds_what_it_says(string filter, bool isFound)
    {
        var person = await server.Somebody(quota: 1000);
        foreach (var sort in new[] { "name", "used" })
        {
            var answer = await Call(person, "Quota/query", $$"""
                "filter":{{filter}},"sort":[{"property":"{{sort}}","isAscending":false}],"calculateTotal":true
                """);
            answer["ids"]!.AsArray().Count.ShouldBe(isFound ? 1 : 0);
            ((int)answer["total"]!).ShouldBe(isFound ? 1 : 0);
        }
    }

    [Fact]
    public async Task What_cannot_be_filtered_or_sorted_by_is_refused_whatever_there_is()
    {
        foreach (var quota in new long?[] { null, 1000 })
        {
            var person = await server.Somebody(quota);
            ((string?)(await Call(person, "Quota/query", "\"filter\":{\"colour\":\"red\"}"))["type"]).ShouldBe("unsupportedFilter");
            ((string?)(await Call(person, "Quota/query", "\"filter\":{\"operator\":\"OR\",\"conditions\":[{},{\"colour\":\"red\"}]}"))["type"]).ShouldBe("unsupportedFilter");
            ((string?)(await Call(person, "Quota/query", "\"filter\":{\"name\":7}"))["type"]).ShouldBe("invalidArguments");
            ((string?)(await Call(person, "Quota/query", "\"sort\":[{\"property\":\"scope\"}]"))["type"]).ShouldBe("unsupportedSort");
            ((string?)(await Call(person, "Quota/queryChanges", "\"sinceQueryState\":\"0\",\"sort\":[{\"property\":\"scope\"}]"))["type"]).ShouldBe("unsupportedSort");
        }
    }

    [Fact]
    public async Task What_a_query_answers_stays_while_only_the_use_changes()
    {
        var person = await server.Somebody(quota: 1000);
        var query = await Call(person, "Quota/query", "");
        ((bool)query["canCalculateChanges"]!).ShouldBeTrue();
        await Use(person, Notes.Note, 10);
        var changes = await Call(person, "Quota/queryChanges", $"\"sinceQueryState\":\"{query["queryState"]}\",\"calculateTotal\":true");
        Ids(changes["removed"]).ShouldBeEmpty();
        changes["added"]!.AsArray().ShouldBeEmpty();
        ((int)changes["total"]!).ShouldBe(1);
        ((string?)changes["newQueryState"]).ShouldBe((string?)(await Call(person, "Quota/query", ""))["queryState"]);
    }

    [Fact]
    public async Task Push_tells_when_a_quota_changes()
    {
        var person = await server.Somebody(quota: 1000);
        using var socket = await server.Socket(person);
        await Use(person, Notes.Note, 10);
        await socket.Send($$"""{"@type":"WebSocketPushEnable","dataTypes":["Quota"],"pushState":"{{person}}:0"}""");
        var told = (string?)(await socket.Receive("StateChange"))["changed"]![person.ToString()]!["Quota"];
        told.ShouldBe((string?)(await Call(person, "Quota/get", "\"ids\":null"))["state"]);
    }

    [Fact]
    public async Task Another_persons_quota_is_seen_by_whoever_may_read_the_account()
    {
        var (friend, owner) = (await server.Somebody(), await server.Somebody(quota: 500));
        await server.Give(owner, friend, Rights.Reader);
        ((long)(await Call(friend, "Quota/get", "\"ids\":null", owner))["list"]![0]!["hardLimit"]!).ShouldBe(500);
    }
}
