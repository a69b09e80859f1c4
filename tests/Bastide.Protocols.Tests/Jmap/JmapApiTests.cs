using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>The engine over HTTP. RFC 8620.</summary>
public sealed class JmapApiTests(JmapServer server) : IClassFixture<JmapServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static string Type(JsonNode? response) => (string)response![1]!["type"]!;

    [Fact]
    public async Task The_session_lists_capabilities_accounts_and_addresses()
    {
        using var http = server.Client(server.Alice);
        var session = (await http.GetFromJsonAsync<JsonObject>(".well-known/jmap", Cancellation))!;
        ((int)session["capabilities"]!["urn:ietf:params:jmap:core"]!["maxCallsInRequest"]!).ShouldBe(32);
        ((bool)session["accounts"]![server.Alice.ToString()]!["isPersonal"]!).ShouldBeTrue();
        session["accounts"]!.AsObject().ContainsKey(server.Bob.ToString()).ShouldBeFalse();
        ((string)session["primaryAccounts"]!["urn:ietf:params:jmap:core"]!).ShouldBe(server.Alice.ToString());
        ((string)session["downloadUrl"]!).ShouldContain("{accountId}/{blobId}/{name}?type={type}");
    }

    [Fact]
    public async Task Without_credentials_every_address_is_401()
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        foreach (var path in new[] { "jmap/session", "jmap/eventsource", "jmap/download/a1/b1/x", "jmap/ws" })
            (await http.GetAsync(path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await http.PostAsync("jmap/api", new StringContent("{}"), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Calls_are_answered_in_order_and_a_failing_one_spoils_no_other()
    {
        var responses = await server.Call(server.Alice, $$"""
            [["Core/echo",{"a":1},"1"],["Note/fail",{"accountId":"{{server.Alice}}"},"2"],["No/such",{},"3"],["Core/echo",{"b":2},"4"]]
            """);
        responses.Select(r => (string)r![2]!).ShouldBe(["1", "2", "3", "4"]);
        Type(responses[1]).ShouldBe("serverFail");
        responses[1]!.ToJsonString().ShouldNotContain("secret");
        Type(responses[2]).ShouldBe("unknownMethod");
        ((int)responses[3]![1]!["b"]!).ShouldBe(2);
    }

    [Fact]
    public async Task A_method_of_a_capability_that_is_not_used_is_unknown()
    {
        using var http = server.Client(server.Alice);
        using var response = await http.PostAsync("jmap/api", new StringContent($$"""{"using":["urn:ietf:params:jmap:core"],"methodCalls":[["Note/twice",{"accountId":"{{server.Alice}}"},"0"]]}""", null, "application/json"), Cancellation);
        Type((await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["methodResponses"]![0]).ShouldBe("unknownMethod");
    }

    [Theory]
    [InlineData("\"a999999\"", "accountNotFound")]
    [InlineData("\"nonsense\"", "accountNotFound")]
    [InlineData("7", "invalidArguments")]
    [InlineData("null", "invalidArguments")]
    public async Task An_account_that_is_not_there_is_refused(string account, string expected) =>
        Type((await server.Call(server.Alice, $$"""[["Note/twice",{"accountId":{{account}}},"0"]]"""))[0]).ShouldBe(expected);

    [Fact]
    public async Task Another_persons_account_is_not_found_until_it_is_shared()
    {
        var call = $$"""[["Note/twice",{"accountId":"{{server.Bob}}"},"0"]]""";
        var stranger = await server.Database.Write(scope => AccountTable.Create(scope, AccountKind.User, "Stranger", null, DateTimeOffset.UtcNow), Cancellation);
        Type((await server.Call(stranger, call))[0]).ShouldBe("accountNotFound");
        await server.Database.Write(async scope => await Access.Give(scope, new Grant(server.Bob, null, stranger, Rights.Reader)), Cancellation);
        ((bool)(await server.Call(stranger, call))[0]![1]!["first"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task A_method_may_append_the_response_of_another()
    {
        var responses = await server.Call(server.Alice, $$"""[["Note/twice",{"accountId":"{{server.Alice}}"},"x"],["Core/echo",{},"y"]]""");
        responses.Select(r => $"{r![0]}/{r[2]}").ShouldBe(["Note/twice/x", "Core/echo/x", "Core/echo/y"]);
        ((bool)responses[1]![1]!["second"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Creation_ids_become_ids_in_later_calls_and_unknown_ones_are_not_found()
    {
        var responses = await server.Call(server.Alice, $$$"""
            [["Note/set",{"accountId":"{{{server.Alice}}}","create":{"k":{} } },"0"],["Note/set",{"accountId":"{{{server.Alice}}}","update":{"#k":{} },"destroy":["#none"]},"1"]]
            """);
        ((string)responses[0]![1]!["created"]!["k"]!["id"]!).ShouldBe("n1");
        responses[1]![1]!["updated"]!.AsObject().ContainsKey("n1").ShouldBeTrue();
        ((string)responses[1]![1]!["notDestroyed"]!["#none"]!["type"]!).ShouldBe("notFound");
    }

    [Fact]
    public async Task A_request_of_more_than_ten_megabytes_is_refused_by_the_limits_name()
    {
        using var http = server.Client(server.Alice);
        using var response = await http.PostAsync("jmap/api", new StringContent(new string(' ', 10_000_001), null, "application/json"), Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        ((string)(await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["limit"]!).ShouldBe("maxSizeRequest");
    }

    [Fact]
    public async Task What_is_uploaded_can_be_downloaded_under_an_Arabic_name_and_only_as_an_attachment()
    {
        using var alice = server.Client(server.Alice);
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<script>alert(1)</script>", 5000)));
        using var upload = await alice.PostAsync($"jmap/upload/{server.Alice}", new ByteArrayContent(content), Cancellation);
        upload.StatusCode.ShouldBe(HttpStatusCode.Created);
        var stored = (await upload.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
        ((long)stored["size"]!).ShouldBe(content.Length);

        var path = $"jmap/download/{server.Alice}/{stored["blobId"]}/{Uri.EscapeDataString("تقرير.html")}?type=text%2Fhtml";
        using var download = await alice.GetAsync(path, Cancellation);
        (await download.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBe(content);
        download.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        download.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("تقرير.html");
        download.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        download.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");

        using var bob = server.Client(server.Bob);
        (await bob.GetAsync(path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await bob.GetAsync(path.Replace(server.Alice.ToString() + "/", server.Bob + "/", StringComparison.Ordinal), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await bob.PostAsync($"jmap/upload/{server.Alice}", new ByteArrayContent([1]), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_upload_beyond_the_limit_is_refused_and_nothing_of_it_is_kept()
    {
        using var alice = server.Client(server.Alice);
        using var upload = await alice.PostAsync($"jmap/upload/{server.Alice}", new ByteArrayContent(new byte[50_000_001]), Cancellation);
        upload.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        ((string)(await upload.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["limit"]!).ShouldBe("maxSizeUpload");
    }

    [Fact]
    public async Task A_blob_made_in_a_request_can_be_joined_read_in_part_and_digested()
    {
        var responses = await server.Call(server.Alice, $$$"""
            [["Blob/upload",{"accountId":"{{{server.Alice}}}","create":{"a":{"data":[{"data:asText":"The quick "}]},"b":{"data":[{"blobId":"#a"},{"data:asBase64":"YnJvd24gZm94"}],"type":"text/plain"},"c":{"data":[{"blobId":"#a","offset":5,"length":99}]} } },"0"],
             ["Blob/get",{"accountId":"{{{server.Alice}}}","ids":["#b","b00"],"properties":["data:asText","digest:sha-256","size"],"offset":4,"length":5},"1"]]
            """);
        ((int)responses[0]![1]!["created"]!["b"]!["size"]!).ShouldBe(19);
        ((string)responses[0]![1]!["notCreated"]!["c"]!["type"]!).ShouldBe("invalidProperties");
        var got = responses[1]![1]!["list"]![0]!;
        ((string)got["data:asText"]!).ShouldBe("quick");
        ((int)got["size"]!).ShouldBe(19);
        ((string)got["digest:sha-256"]!).ShouldBe(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData("quick"u8)));
        ((string)responses[1]![1]!["notFound"]![0]!).ShouldBe("b00");
    }
}
