using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Bastide.Conformance.Imap;

namespace Bastide.Conformance.Dav;

/// <summary>vdirsyncer of Debian keeps address books in files, both ways.</summary>
public sealed class VdirsyncerCardsTests : IAsyncLifetime
{
    const int Each = 500;

    readonly TempDirectory _home = new();
    RunningWorkplace _workplace = null!;
    HttpClient _http = null!;

    string Files => Path.Combine(_home.Path, "cards", "default");

    string Config => Path.Combine(_home.Path, "vdirsyncer.conf");

    public async ValueTask InitializeAsync()
    {
        _workplace = await RunningWorkplace.Start(environment: new Dictionary<string, string> { ["BASTIDE_TEST__NOLIMITS"] = "1" });
        _http = new HttpClient { BaseAddress = new Uri(_workplace.Url, "dav/addressbooks/chloe@demo.localhost/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("chloe@demo.localhost:bastide-demo"u8));
        Directory.CreateDirectory(Files);
        // An address book that is only here: the server gets it.
        Directory.CreateDirectory(Path.Combine(_home.Path, "cards", "fresh"));
        // The address alone: vdirsyncer finds the way from the well-known place.
        await File.WriteAllTextAsync(Config, $"""
            [general]
            status_path = "{_home.Path}/status/"

            [pair cards]
            a = "files"
            b = "server"
            collections = ["default", "fresh"]
            conflict_resolution = "b wins"
            metadata = ["displayname"]

            [storage files]
            type = "filesystem"
            path = "{_home.Path}/cards/"
            fileext = ".vcf"

            [storage server]
            type = "carddav"
            url = "{_workplace.Url}"
            username = "chloe@demo.localhost"
            password = "bastide-demo"
            """);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _workplace.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task A_thousand_cards_go_both_ways_with_a_conflict()
    {
        var before = (await Names()).Count;
        for (var i = 0; i < Each; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(Files, $"here-{i}.vcf"), Card($"here-{i}", $"Here {i}"));
            await Put($"there-{i}", $"There {i}", HttpStatusCode.Created);
        }

        var (code, output) = await ClientProcess.Run("sh", ["-c", $"yes | vdirsyncer -c {Config} discover"]);
        code.ShouldBe(0, output);
        await Sync();
        Directory.GetFiles(Files, "*.vcf").Length.ShouldBe((2 * Each) + before);
        (await Names()).Count.ShouldBe((2 * Each) + before);

        // One changed on each side, one on both, one gone on each.
        await File.WriteAllTextAsync(FileOf("there-1"), Card("there-1", "Changed here"));
        await Put("here-2", "Changed there", HttpStatusCode.NoContent);
        await File.WriteAllTextAsync(FileOf("there-3"), Card("there-3", "Conflict here"));
        await Put("there-3", "Conflict there", HttpStatusCode.NoContent);
        File.Delete(FileOf("there-4"));
        (await _http.DeleteAsync(new Uri($"default/{NameOf("here-5")}", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Sync();

        (await Read("there-1")).ShouldContain("FN:Changed here");
        (await File.ReadAllTextAsync(FileOf("here-2"))).ShouldContain("FN:Changed there");
        // What it has no words for goes both ways too.
        (await File.ReadAllTextAsync(FileOf("there-3"))).ReplaceLineEndings().ShouldBe(Card("there-3", "Conflict there").ReplaceLineEndings());
        (await Read("there-3")).ShouldContain("FN:Conflict there");
        var names = await Names();
        names.Count.ShouldBe((2 * Each) - 2 + before);
        names.ShouldNotContain(NameOf("there-4"));
        File.Exists(FileOf("here-5")).ShouldBeFalse();

        // And then there is nothing to do.
        (await Sync()).ShouldNotContain("Copying");
        using var fresh = await Propfind("fresh/");
        fresh.StatusCode.ShouldBe(HttpStatusCode.MultiStatus);
    }

    static string NameOf(string uid) => uid + ".vcf";

    static string Card(string uid, string name) => $"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{name}\r\nN:;{name};;;\r\nX-KEPT;X-AS=\"it is\":{uid}\r\nEND:VCARD\r\n";

    string FileOf(string uid) => Path.Combine(Files, NameOf(uid));

    async Task<string> Sync()
    {
        var (code, output) = await ClientProcess.Run("vdirsyncer", ["-c", Config, "sync"]);
        code.ShouldBe(0, output);
        return output;
    }

    async Task Put(string uid, string name, HttpStatusCode expected)
    {
        using var content = new StringContent(Card(uid, name), Encoding.UTF8, "text/vcard");
        using var answer = await _http.PutAsync(new Uri($"default/{NameOf(uid)}", UriKind.Relative), content);
        answer.StatusCode.ShouldBe(expected, await answer.Content.ReadAsStringAsync());
    }

    Task<string> Read(string uid) => _http.GetStringAsync(new Uri($"default/{NameOf(uid)}", UriKind.Relative));

    async Task<IReadOnlyList<string>> Names()
    {
        using var answer = await Propfind("default/");
        var text = await answer.Content.ReadAsStringAsync();
        return [.. System.Xml.Linq.XElement.Parse(text).Descendants("{DAV:}href").Select(href => href.Value.Split('/')[^1]).Where(name => name.EndsWith(".vcf", StringComparison.Ordinal))];
    }

    async Task<HttpResponseMessage> Propfind(string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod("PROPFIND"), new Uri(path, UriKind.Relative));
        request.Headers.Add("Depth", "1");
        request.Content = new StringContent("<D:propfind xmlns:D=\"DAV:\"><D:prop><D:getetag/></D:prop></D:propfind>", Encoding.UTF8, "application/xml");
        return await _http.SendAsync(request);
    }
}
