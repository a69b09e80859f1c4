using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>Blobs within requests: every example of RFC 9404, its rules, and Blob/copy (RFC 8620 §6.3).</summary>
public sealed class BlobTests(JmapServer server) : IClassFixture<JmapServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The responses' arguments; % stands for Alice's account.</summary>
    async Task<List<JsonObject>> Call(string calls, AccountId? person = null)
    {
        var responses = await server.Call(person ?? server.Alice, calls.Replace("%", $"\"{person ?? server.Alice}\"", StringComparison.Ordinal));
        return [.. responses.Select(r => (string)r![0]! == "error" ? throw new InvalidOperationException(r.ToJsonString()) : r[1]!.AsObject())];
    }

    static void ShouldBe(JsonNode? actual, string expected) =>
        JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).ShouldBeTrue($"expected {expected}, was {actual?.ToJsonString()}");

    /// <summary>The list of a /get without the ids, which are ours to choose.</summary>
    static JsonArray Contents(JsonObject answer)
    {
        var list = answer["list"]!.DeepClone().AsArray();
        foreach (var item in list) item!.AsObject().Remove("id");
        return list;
    }

    async Task<string> Upload(AccountId person, byte[] content)
    {
        using var http = server.Client(person);
        using var response = await http.PostAsync($"jmap/upload/{person}", new ByteArrayContent(content), Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["blobId"]!;
    }

    [Fact]
    public async Task The_simple_example_of_Blob_upload()
    {
        const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQMAAAAl21bKAAAAA1BMVEX/AAAZ4gk3AAAAAXRSTlN/gFy0ywAAAApJREFUeJxjYgAAAAYAAzY3fKgAAAAASUVORK5CYII=";
        var answers = await Call($$"""
            [["Blob/upload",{"accountId":%,"create":{"1":{"data":[{"data:asBase64":"{{Png}}"}],"type":"image/png"} } },"R1"],
             ["Blob/get",{"accountId":%,"ids":["#1"],"properties":["data:asBase64"]},"R2"]]
            """);
        var created = answers[0]["created"]!["1"]!;
        ((string?)created["type"], (int)created["size"]!).ShouldBe(("image/png", 95));
        answers[0]["notCreated"].ShouldBeNull();
        ((string?)answers[0]["accountId"]).ShouldBe(server.Alice.ToString());
        ((string?)answers[1]["list"]![0]!["id"]).ShouldBe((string?)created["id"]);
        ((string?)answers[1]["list"]![0]!["data:asBase64"]).ShouldBe(Png);
    }

    [Fact]
    public async Task The_complex_example_of_Blob_upload()
    {
        var answers = await Call("""
            [["Blob/upload",{"accountId":%,"create":{"b4":{"data":[{"data:asText":"The quick brown fox jumped over the lazy dog."}]}}},"S4"],
             ["Blob/upload",{"accountId":%,"create":{"cat":{"data":[{"data:asText":"How"},{"blobId":"#b4","length":7,"offset":3},{"data:asText":"was t"},
               {"blobId":"#b4","length":1,"offset":1},{"data:asBase64":"YXQ/"}]}}},"CAT"],
             ["Blob/get",{"accountId":%,"properties":["data:asText","size"],"ids":["#cat"]},"G4"]]
            """);
        ((int)answers[0]["created"]!["b4"]!["size"]!).ShouldBe(45);
        ((int)answers[1]["created"]!["cat"]!["size"]!).ShouldBe(19);
        ShouldBe(Contents(answers[2]), """[{"data:asText":"How quick was that?","size":19}]""");
        ShouldBe(answers[2]["notFound"], "[]");
    }

    [Fact]
    public async Task The_simple_example_of_Blob_get()
    {
        var answers = await Call("""
            [["Blob/upload",{"accountId":%,"create":{"b":{"data":[{"data:asText":"The quick brown fox jumped over the lazy dog."}]}}},"S"],
             ["Blob/get",{"accountId":%,"ids":["#b","not-a-blob"],"properties":["data:asText","digest:sha","size"]},"R1"],
             ["Blob/get",{"accountId":%,"ids":["#b"],"properties":["data:asText","digest:sha","digest:sha-256","size"],"offset":4,"length":9},"R2"]]
            """);
        ShouldBe(Contents(answers[1]), """[{"data:asText":"The quick brown fox jumped over the lazy dog.","digest:sha":"wIVPufsDxBzOOALLDSIFKebu+U4=","size":45}]""");
        ShouldBe(answers[1]["notFound"], """["not-a-blob"]""");
        ShouldBe(Contents(answers[2]), """[{"data:asText":"quick bro","digest:sha":"QiRAPtfyX8K6tm1iOAtZ87Xj3Ww=","digest:sha-256":"gdg9INW7lwHK6OQ9u0dwDz2ZY/gubi0En0xlFpKt0OA=","size":45}]""");
    }

    [Fact]
    public async Task The_example_of_Blob_get_with_ranges_and_encoding_errors()
    {
        const string Base64 = "VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wZWQgb3ZlciB0aGUggYEgZG9nLg==";
        var answers = await Call($$"""
            [["Blob/upload",{"accountId":%,"create":{"b1":{"data":[{"data:asBase64":"{{Base64}}"}]},"b2":{"data":[{"data:asText":"hello world"}],"type":"text/plain"} } },"S1"],
             ["Blob/get",{"accountId":%,"ids":["#b1","#b2"]},"G1"],
             ["Blob/get",{"accountId":%,"ids":["#b1","#b2"],"properties":["data:asText","size"]},"G2"],
             ["Blob/get",{"accountId":%,"ids":["#b1","#b2"],"properties":["data:asBase64","size"]},"G3"],
             ["Blob/get",{"accountId":%,"offset":0,"length":5,"ids":["#b1","#b2"]},"G4"],
             ["Blob/get",{"accountId":%,"offset":20,"length":100,"ids":["#b1","#b2"]},"G5"]]
            """);
        ((int)answers[0]["created"]!["b1"]!["size"]!, (int)answers[0]["created"]!["b2"]!["size"]!).ShouldBe((43, 11));
        ShouldBe(Contents(answers[1]), $$"""[{"size":43,"data:asBase64":"{{Base64}}","isEncodingProblem":true},{"size":11,"data:asText":"hello world"}]""");
        // §4.2 in words: the value of data:asText is null then.
        ShouldBe(Contents(answers[2]), """[{"size":43,"data:asText":null,"isEncodingProblem":true},{"size":11,"data:asText":"hello world"}]""");
        ShouldBe(Contents(answers[3]), $$"""[{"size":43,"data:asBase64":"{{Base64}}"},{"size":11,"data:asBase64":"aGVsbG8gd29ybGQ="}]""");
        ShouldBe(Contents(answers[4]), """[{"size":43,"data:asText":"The q"},{"size":11,"data:asText":"hello"}]""");
        ShouldBe(Contents(answers[5]), """
            [{"size":43,"data:asBase64":"anVtcGVkIG92ZXIgdGhlIIGBIGRvZy4=","isEncodingProblem":true,"isTruncated":true},{"size":11,"data:asText":"","isTruncated":true}]
            """);
    }

    [Theory]
    [InlineData("\"offset\":11", false, "")]
    [InlineData("\"offset\":12", true, "")]
    [InlineData("\"offset\":6", false, "world")]
    [InlineData("\"offset\":6,\"length\":5", false, "world")]
    [InlineData("\"offset\":6,\"length\":6", true, "world")]
    [InlineData("\"offset\":11,\"length\":0", false, "")]
    [InlineData("\"offset\":11,\"length\":1", true, "")]
    [InlineData("\"offset\":9007199254740991,\"length\":9007199254740991", true, "")]
    [InlineData("\"offset\":null,\"length\":null", false, "hello world")]
    public async Task A_range_beyond_the_end_is_truncated_and_its_digest_is_that_of_what_is_there(string range, bool isTruncated, string text)
    {
        var answers = await Call($$"""
            [["Blob/upload",{"accountId":%,"create":{"b":{"data":[{"data:asText":"hello world"}]} } },"S"],
             ["Blob/get",{"accountId":%,"ids":["#b"],"properties":["data","digest:sha-256"],{{range}} },"0"],
             ["Blob/get",{"accountId":%,"ids":["#b"],"properties":["digest:sha-512"],{{range}} },"1"],
             ["Blob/get",{"accountId":%,"ids":["#b"],"properties":["size"],{{range}} },"2"]]
            """);
        var octets = System.Text.Encoding.UTF8.GetBytes(text);
        var both = answers[1]["list"]![0]!;
        ((string?)both["data:asText"], (string?)both["digest:sha-256"]).ShouldBe((text, Convert.ToBase64String(SHA256.HashData(octets))));
        ((bool?)both["isTruncated"] ?? false).ShouldBe(isTruncated);
        var digest = answers[2]["list"]![0]!;
        ((string?)digest["digest:sha-512"]).ShouldBe(Convert.ToBase64String(SHA512.HashData(octets)));
        ((bool?)digest["isTruncated"] ?? false).ShouldBe(isTruncated);
        ShouldBe(Contents(answers[3]), """[{"size":11}]""");
    }

    [Fact]
    public async Task A_range_that_cuts_a_character_is_an_encoding_problem()
    {
        var answers = await Call("""
            [["Blob/upload",{"accountId":%,"create":{"b":{"data":[{"data:asText":"é"}]}}},"S"],["Blob/get",{"accountId":%,"ids":["#b"],"length":1},"0"]]
            """);
        ShouldBe(Contents(answers[1]), """[{"size":2,"data:asBase64":"ww==","isEncodingProblem":true}]""");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"data":"text"}""")]
    [InlineData("""{"data":["text"]}""")]
    [InlineData("""{"data":[{}]}""")]
    [InlineData("""{"data":[{"data:asText":7}]}""")]
    [InlineData("""{"data":[{"data:asText":"x","data:asBase64":"eA=="}]}""")]
    [InlineData("""{"data":[{"data:asText":"x","blobId":"#ok"}]}""")]
    [InlineData("""{"data":[{"data:asBase64":"e A=="}]}""")]
    [InlineData("""{"data":[{"data:asBase64":"eA==\r\n"}]}""")]
    [InlineData("""{"data":[{"data:asBase64":"eA"}]}""")]
    [InlineData("""{"data":[{"data:asBase64":"-_-_"}]}""")]
    [InlineData("""{"data":[{"blobId":"#ok","offset":2,"length":1}]}""")]
    [InlineData("""{"data":[{"blobId":"#ok","offset":3}]}""")]
    [InlineData("""{"data":[{"blobId":"#ok","offset":-1}]}""")]
    [InlineData("""{"data":[{"blobId":"#ok","length":1.5}]}""")]
    [InlineData("""{"data":[{"data:asText":"x"}],"type":7}""")]
    [InlineData("""7""")]
    public async Task What_cannot_be_made_is_not_created_and_the_others_are(string upload)
    {
        var answers = await Call($$"""[["Blob/upload",{"accountId":%,"create":{"ok":{"data":[{"data:asText":"ok"}]},"bad":{{upload}},"too":{"data":[{"blobId":"#ok","offset":2},{"blobId":"#ok","offset":0,"length":0}]} } },"0"]]""");
        answers[0]["created"]!.AsObject().Select(c => c.Key).ShouldBe(["ok", "too"]);
        ((int)answers[0]["created"]!["too"]!["size"]!).ShouldBe(0);
        var error = answers[0]["notCreated"]!["bad"]!;
        ((string?)error["type"]).ShouldBe("invalidProperties");
        ((string?)error["description"]).ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task A_source_that_is_not_there_or_not_ours_is_blobNotFound()
    {
        var foreign = await Upload(server.Bob, [1, 2, 3]);
        foreach (var id in new[] { foreign, "not-a-blob", "#never" })
        {
            var answers = await Call($$"""[["Blob/upload",{"accountId":%,"create":{"a":{"data":[{"blobId":"{{id}}"}]} } },"0"]]""");
            var error = answers[0]["notCreated"]!["a"]!;
            ((string?)error["type"]).ShouldBe("blobNotFound");
            ShouldBe(error["notFound"], $"""["{id}"]""");
        }
    }

    [Fact]
    public async Task An_empty_blob_is_a_blob()
    {
        var answers = await Call("""[["Blob/upload",{"accountId":%,"create":{"a":{"data":[]},"b":{"data":[{"data:asText":""}],"type":null}}},"0"],["Blob/get",{"accountId":%,"ids":["#a"]},"1"]]""");
        ((string?)answers[0]["created"]!["a"]!["id"]).ShouldBe((string?)answers[0]["created"]!["b"]!["id"]);
        ShouldBe(Contents(answers[1]), """[{"size":0,"data:asText":""}]""");
    }

    [Fact]
    public async Task Blobs_are_copied_between_accounts_that_are_shared_and_only_what_may_be_read()
    {
        var (person, owner) = (await server.Somebody(), await server.Somebody());
        await server.Give(owner, person, Rights.Reader);
        var (mine, theirs) = (await Upload(person, [1, 2, 3, 4]), await Upload(owner, [5, 6, 7, 8]));
        await server.Give(owner, person, Rights.Reader | Rights.Write);

        var copy = (await Call($$"""[["Blob/copy",{"fromAccountId":%,"accountId":"{{owner}}","blobIds":["{{mine}}","{{theirs}}","not-a-blob"]},"0"]]""", person))[0];
        ((string?)copy["fromAccountId"], (string?)copy["accountId"]).ShouldBe((person.ToString(), owner.ToString()));
        var copied = copy["copied"]!.AsObject();
        copied.Select(c => c.Key).ShouldBe([mine]);
        copy["notCopied"]!.AsObject().Select(c => $"{c.Key}: {c.Value!["type"]}").ShouldBe([$"{theirs}: notFound", "not-a-blob: notFound"], ignoreOrder: true);

        using var http = server.Client(person);
        (await http.GetByteArrayAsync($"jmap/download/{owner}/{copied[mine]}/x", Cancellation)).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task What_somebody_uploaded_to_a_shared_account_is_theirs_alone_until_something_refers_to_it()
    {
        // RFC 8620 §6.1: unreferenced blobs MUST only be accessible to the uploader, even in shared accounts.
        var (team, one, other) = (await server.Somebody(), await server.Somebody(), await server.Somebody());
        await server.Give(team, one, Rights.Member);
        await server.Give(team, other, Rights.Member);
        string blob;
        using (var http = server.Client(one))
        {
            using var response = await http.PostAsync($"jmap/upload/{team}", new ByteArrayContent("for nobody else"u8.ToArray()), Cancellation);
            blob = (string)(await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["blobId"]!;
            (await http.GetAsync($"jmap/download/{team}/{blob}/x", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        foreach (var person in new[] { other, team })
        {
            using var http = server.Client(person);
            (await http.GetAsync($"jmap/download/{team}/{blob}/x", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        // Whoever uploads the same has it, and the first keeps it.
        using (var http = server.Client(other)) await http.PostAsync($"jmap/upload/{team}", new ByteArrayContent("for nobody else"u8.ToArray()), Cancellation);
        foreach (var person in new[] { one, other })
        {
            using var http = server.Client(person);
            (await http.GetAsync($"jmap/download/{team}/{blob}/x", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Lookup_of_a_type_that_nobody_knows_is_unknownDataType()
    {
        var responses = await server.Call(server.Alice, $$"""[["Blob/lookup",{"accountId":"{{server.Alice}}","typeNames":["Email"],"ids":[]},"0"]]""");
        ((string?)responses[0]![1]!["type"]).ShouldBe("unknownDataType");
    }

    [Fact]
    public async Task Lookup_tells_what_refers_to_a_blob_and_nothing_of_blobs_that_are_not_ours()
    {
        var (mine, foreign) = (await Upload(server.Alice, [9, 9, 1]), await Upload(server.Bob, [9, 9, 2]));
        server.Notes.References[mine] = ["n1", "n2"];
        var answer = (await Call($$"""[["Blob/lookup",{"accountId":%,"typeNames":["Note"],"ids":["{{mine}}","{{foreign}}","not-a-blob"]},"0"]]"""))[0];
        // §4.3: a blob that is not visible is answered as one that nothing refers to, so that nothing leaks.
        ShouldBe(answer["list"], $$"""[{"id":"{{mine}}","matchedIds":{"Note":["n1","n2"]} },{"id":"{{foreign}}","matchedIds":{"Note":[]} }]""");
        ShouldBe(answer["notFound"], """["not-a-blob"]""");
    }

    [Fact]
    public async Task Lookup_needs_the_capability_of_the_type_in_the_request()
    {
        var (_, _, body) = await server.Post(server.Alice, $$"""
            {"using":["urn:ietf:params:jmap:core","urn:ietf:params:jmap:blob"],"methodCalls":[["Blob/lookup",{"accountId":"{{server.Alice}}","typeNames":["Note"],"ids":[]},"0"]]}
            """);
        ((string?)body["methodResponses"]![0]![1]!["type"]).ShouldBe("unknownDataType");
    }
}
