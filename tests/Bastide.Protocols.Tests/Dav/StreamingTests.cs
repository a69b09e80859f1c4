using System.Net.Http.Headers;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>An answer is sent as it comes to be.</summary>
public sealed class StreamingTests
{
    [Fact]
    public async Task The_first_members_are_sent_while_the_last_are_not_read_yet()
    {
        var shelf = new Endless();
        await using var server = new DavServer { Modules = [shelf] };
        await server.InitializeAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod("PROPFIND"), $"{server.Url}dav/endless/alice@{TestSettings.Domain}/") { Headers = { { "Depth", "1" } } };
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(server.Credentials("alice").Split(": ")[1]);
        request.Content = new StringContent("""<propfind xmlns="DAV:"><prop><getetag/><resourcetype/></prop></propfind>""");
        using var response = await Wait.For(http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var begin = new char[1000];
        await Wait.For(reader.ReadBlockAsync(begin, TestContext.Current.CancellationToken).AsTask());
        new string(begin).ShouldContain("/member0</D:href>");
        shelf.Continue.SetResult();
        var rest = await Wait.For(reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        rest.ShouldEndWith("</D:multistatus>");
        rest.ShouldContain($"/member{Endless.Page + 1}</D:href>");
    }

    [Fact]
    public async Task Requests_of_one_person_beyond_the_limit_wait_elsewhere()
    {
        var shelf = new Endless();
        await using var server = new DavServer { Modules = [shelf], Limits = new DavLimits { ConcurrentRequests = 1 } };
        await server.InitializeAsync();
        var first = RawHttp.Send(server.Url, $"PROPFIND /dav/endless/alice@{TestSettings.Domain}/", [server.Credentials("alice"), "Depth: 1"]);
        await Wait.For(shelf.Begun.Task);
        (await RawHttp.Send(server.Url, "OPTIONS /dav/", [server.Credentials("alice")])).Status.ShouldBe(429);
        (await RawHttp.Send(server.Url, "OPTIONS /dav/", [server.Credentials("bob")])).Status.ShouldBe(200);
        shelf.Continue.SetResult();
        (await Wait.For(first)).Status.ShouldBe(207);
        (await RawHttp.Send(server.Url, "OPTIONS /dav/", [server.Credentials("alice")])).Status.ShouldBe(200);
    }

    /// <summary>A tree whose second page of members comes when the test says so.</summary>
    sealed class Endless : IDavModule, IDavHomes
    {
        public const int Page = 1000;

        public string Name => "endless";

        public string Scope => "files";

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Continue { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Register(DavTable table) => table.AddHomes(this);

        public ValueTask<IReadOnlyList<DavCollection>> Homes(DavCall call, IReadOnlyList<DavHome> homes, DavWanted wanted) => new([.. homes.Select(home => new Home(home, this))]);

        public ValueTask<DavNode?> Find(DavCall call, DavHome home, IReadOnlyList<string> names, DavWanted wanted) => new((DavNode?)null);

        sealed class Home(DavHome home, Endless endless) : DavCollection(home.Path, home)
        {
            public override Rights Rights => Rights.Reader;

            public override async IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted)
            {
                yield return [.. Enumerable.Range(0, Page).Select(i => new Member(Path.Child($"member{i}")))];
                endless.Begun.TrySetResult();
                await endless.Continue.Task;
                yield return [.. Enumerable.Range(Page, Page).Select(i => new Member(Path.Child($"member{i}")))];
            }

            public override ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted) => new([]);
        }

        sealed class Member(DavPath path) : DavResource(path, null)
        {
            public override Rights Rights => Rights.Reader;

            public override string? ETag => "\"1\"";
        }
    }
}
