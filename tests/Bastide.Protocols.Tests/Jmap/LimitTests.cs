using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>What the session says of uploads and blobs is enforced exactly: so many are taken, one more is refused. RFC 8620 §2, RFC 9404 §3.1.</summary>
public sealed class LimitTests(JmapServer server) : IClassFixture<JmapServer>
{
    const string Core = "urn:ietf:params:jmap:core";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    async Task<JsonObject> Session(AccountId person)
    {
        using var http = server.Client(person);
        return (await http.GetFromJsonAsync<JsonObject>("jmap/session", Cancellation))!;
    }

    async Task<long> Advertised(string name) => (long)(await Session(server.Alice))["capabilities"]![Core]![name]!;

    async Task<JsonObject> OfBlobs(AccountId person, AccountId account) =>
        (await Session(person))["accounts"]![account.ToString()]!["accountCapabilities"]!["urn:ietf:params:jmap:blob"]!.AsObject();

    async Task<(HttpStatusCode Status, JsonObject Body)> Upload(AccountId person, HttpContent content)
    {
        using var http = server.Client(person);
        // What waits for its end is sent only once the server wants it; otherwise the client would not hear the answer before.
        http.DefaultRequestHeaders.ExpectContinue = content is Held;
        using var response = await http.PostAsync($"jmap/upload/{person}", content, Cancellation);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!);
    }

    static void ShouldBeLimit((HttpStatusCode Status, JsonObject Body) answer, HttpStatusCode status, string limit)
    {
        answer.Status.ShouldBe(status);
        ((string?)answer.Body["type"], (string?)answer.Body["limit"], (int)answer.Body["status"]!).ShouldBe(("urn:ietf:params:jmap:error:limit", limit, (int)status));
        ((string?)answer.Body["detail"]).ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task The_session_says_what_the_engine_enforces()
    {
        var core = (await Session(server.Alice))["capabilities"]![Core]!.AsObject();
        core.Select(p => p.Key).ShouldBe(
            ["maxSizeUpload", "maxConcurrentUpload", "maxSizeRequest", "maxConcurrentRequests", "maxCallsInRequest", "maxObjectsInGet", "maxObjectsInSet", "collationAlgorithms"], ignoreOrder: true);
        // The least that RFC 8620 §2 suggests to support.
        ((long)core["maxSizeUpload"]!).ShouldBeGreaterThanOrEqualTo(50_000_000);
        ((int)core["maxConcurrentUpload"]!).ShouldBeGreaterThanOrEqualTo(4);
        ((long)core["maxSizeRequest"]!).ShouldBeGreaterThanOrEqualTo(10_000_000);
        ((int)core["maxConcurrentRequests"]!).ShouldBeGreaterThanOrEqualTo(4);
        ((int)core["maxCallsInRequest"]!).ShouldBeGreaterThanOrEqualTo(16);
        ((int)core["maxObjectsInGet"]!).ShouldBeGreaterThanOrEqualTo(500);
        ((int)core["maxObjectsInSet"]!).ShouldBeGreaterThanOrEqualTo(500);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_upload_of_maxSizeUpload_octets_is_taken_and_one_more_is_limit(bool isChunked)
    {
        var most = (int)await Advertised("maxSizeUpload");
        HttpContent Content(int length) => isChunked ? new StreamContent(new Endless(length)) : new ByteArrayContent(new byte[length]);
        var taken = await Upload(server.Alice, Content(most));
        taken.Status.ShouldBe(HttpStatusCode.Created);
        ((long)taken.Body["size"]!).ShouldBe(most);
        ShouldBeLimit(await Upload(server.Alice, Content(most + 1)), HttpStatusCode.RequestEntityTooLarge, "maxSizeUpload");
    }

    [Fact]
    public async Task Of_maxConcurrentUpload_uploads_all_are_taken_and_one_more_is_limit_until_one_ends()
    {
        var person = await server.Somebody();
        var most = (int)await Advertised("maxConcurrentUpload");
        var holding = Enumerable.Range(0, most + 1).Select(_ => new Held()).ToList();
        var uploads = holding.ConvertAll(held => Upload(person, held));
        // Whichever comes last is refused at once; the others wait for their end.
        var refused = await Wait.For(Task.WhenAny(uploads));
        ShouldBeLimit(await refused, HttpStatusCode.TooManyRequests, "maxConcurrentUpload");
        uploads.Count(upload => upload.IsCompleted).ShouldBe(1);
        (await Upload(server.Bob, new ByteArrayContent([1]))).Status.ShouldBe(HttpStatusCode.Created);

        foreach (var held in holding) held.End();
        uploads.Remove(refused);
        foreach (var upload in uploads) (await Wait.For(upload)).Status.ShouldBe(HttpStatusCode.Created);
        await Wait.Until(async () => (await Upload(person, new ByteArrayContent([1]))).Status == HttpStatusCode.Created, "there is room again", Cancellation);
    }

    [Fact]
    public async Task Of_maxDataSources_sources_all_are_joined_and_one_more_is_refused()
    {
        var most = (int)(await OfBlobs(server.Alice, server.Alice))["maxDataSources"]!;
        most.ShouldBeGreaterThanOrEqualTo(64);
        string Sources(int count) => string.Join(',', Enumerable.Repeat("""{"data:asText":"x"}""", count));
        var answer = (await server.Call(server.Alice, $$"""
            [["Blob/upload",{"accountId":"{{server.Alice}}","create":{"a":{"data":[{{Sources(most)}}]},"b":{"data":[{{Sources(most + 1)}}]} } },"0"]]
            """))[0]![1]!;
        ((int)answer["created"]!["a"]!["size"]!).ShouldBe(most);
        ((string?)answer["notCreated"]!["b"]!["type"]).ShouldBe("tooLarge");
    }

    [Fact]
    public async Task A_blob_of_maxSizeBlobSet_octets_is_made_and_one_more_is_tooLarge()
    {
        var most = (long)(await OfBlobs(server.Alice, server.Alice))["maxSizeBlobSet"]!;
        var half = (string)(await Upload(server.Alice, new ByteArrayContent(new byte[most / 2]))).Body["blobId"]!;
        var rest = new string('x', (int)(most - (most / 2 * 2)));
        var answer = (await server.Call(server.Alice, $$"""
            [["Blob/upload",{"accountId":"{{server.Alice}}","create":{
               "a":{"data":[{"blobId":"{{half}}"},{"blobId":"{{half}}"},{"data:asText":"{{rest}}"}]},
               "b":{"data":[{"blobId":"{{half}}"},{"blobId":"{{half}}"},{"data:asText":"{{rest}}x"}]},
               "c":{"data":[{"blobId":"{{half}}"},{"blobId":"{{half}}"},{"data:asText":"{{rest}}"},{"blobId":"{{half}}","length":1}]} } },"0"]]
            """))[0]![1]!;
        ((long)answer["created"]!["a"]!["size"]!).ShouldBe(most);
        ((string?)answer["notCreated"]!["b"]!["type"]).ShouldBe("tooLarge");
        ((string?)answer["notCreated"]!["c"]!["type"]).ShouldBe("tooLarge");
    }

    [Fact]
    public async Task Where_nothing_may_be_added_no_blob_may_be_made()
    {
        var (friend, owner) = (await server.Somebody(), await server.Somebody());
        await server.Give(owner, friend, Rights.Reader);
        ((long)(await OfBlobs(friend, owner))["maxSizeBlobSet"]!).ShouldBe(0);
    }

    [Fact]
    public async Task Every_digest_that_is_advertised_is_calculated()
    {
        var digests = (await OfBlobs(server.Alice, server.Alice))["supportedDigestAlgorithms"]!.AsArray().Select(d => "digest:" + (string)d!).ToList();
        digests.ShouldContain("digest:sha");
        digests.ShouldContain("digest:sha-256");
        var answer = (await server.Call(server.Alice, $$"""
            [["Blob/upload",{"accountId":"{{server.Alice}}","create":{"a":{"data":[{"data:asText":"abc"}]} } },"0"],
             ["Blob/get",{"accountId":"{{server.Alice}}","ids":["#a"],"properties":[{{string.Join(',', digests.Select(d => $"\"{d}\""))}}]},"1"],
             ["Blob/get",{"accountId":"{{server.Alice}}","ids":["#a"],"properties":["digest:md5"]},"2"]]
            """));
        foreach (var digest in digests) ((string?)answer[1]![1]!["list"]![0]![digest]).ShouldNotBeNullOrEmpty(digest);
        ((string?)answer[1]![1]!["list"]![0]!["digest:sha"]).ShouldBe("qZk+NkcGgWq6PiVxeFDCbJzQ2J0=");
        ((string?)answer[2]![1]!["type"]).ShouldBe("invalidArguments");
    }

    [Theory]
    [InlineData("Blob/upload", "maxObjectsInSet")]
    [InlineData("Blob/copy", "maxObjectsInSet")]
    [InlineData("Blob/lookup", "maxObjectsInGet")]
    [InlineData("Blob/get", "maxObjectsInGet")]
    public async Task Methods_of_blobs_take_as_many_as_any_other(string method, string limit)
    {
        var most = (int)await Advertised(limit);
        var person = await server.Somebody();
        await server.Give(person, server.Alice, Rights.Reader);
        string Arguments(int count)
        {
            var ids = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"x{i}\""));
            return method switch
            {
                "Blob/upload" => $$"""{"accountId":"{{server.Alice}}","create":{ {{string.Join(',', Enumerable.Range(0, count).Select(i => $$"""
                    "{{i}}":{}
                    """))}} } }""",
                "Blob/copy" => $$"""{"accountId":"{{server.Alice}}","fromAccountId":"{{person}}","blobIds":[{{ids}}]}""",
                "Blob/lookup" => $$"""{"accountId":"{{server.Alice}}","typeNames":[],"ids":[{{ids}}]}""",
                _ => $$"""{"accountId":"{{server.Alice}}","ids":[{{ids}}]}""",
            };
        }

        var responses = await server.Call(server.Alice, $"""[["{method}",{Arguments(most)},"0"],["{method}",{Arguments(most + 1)},"1"]]""");
        ((string)responses[0]![0]!).ShouldBe(method);
        ((string?)responses[1]![1]!["type"]).ShouldBe("requestTooLarge");
    }

    /// <summary>So many zeroes, whose number nobody knows beforehand.</summary>
    sealed class Endless(long length) : Stream
    {
        long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(_left, count);
            Array.Clear(buffer, offset, read);
            _left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>One octet, and then nothing until it is told to end. The answer may come before.</summary>
    sealed class Held : HttpContent
    {
        readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End() => _end.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[] { 1 });
            await stream.FlushAsync();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
