using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Bastide.Conformance.Imap;

namespace Bastide.Conformance.Dav;

/// <summary>vdirsyncer of Debian keeps calendars in files, both ways; khal shows them.</summary>
public sealed class VdirsyncerTests : IAsyncLifetime
{
    const int Each = 500;
    static readonly DateOnly First = new(2026, 1, 1);

    readonly TempDirectory _home = new();
    RunningWorkplace _workplace = null!;
    HttpClient _http = null!;

    string Files => Path.Combine(_home.Path, "calendars", "default");

    string Config => Path.Combine(_home.Path, "vdirsyncer.conf");

    public async ValueTask InitializeAsync()
    {
        _workplace = await RunningWorkplace.Start(environment: new Dictionary<string, string> { ["BASTIDE_TEST__NOLIMITS"] = "1" });
        _http = new HttpClient { BaseAddress = new Uri(_workplace.Url, "dav/calendars/chloe@demo.localhost/default/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("chloe@demo.localhost:bastide-demo"u8));
        Directory.CreateDirectory(Files);
        // A calendar that is only here: the server gets it.
        Directory.CreateDirectory(Path.Combine(_home.Path, "calendars", "fresh"));
        await File.WriteAllTextAsync(Config, $"""
            [general]
            status_path = "{_home.Path}/status/"

            [pair calendars]
            a = "files"
            b = "server"
            collections = ["default", "fresh"]
            conflict_resolution = "b wins"
            metadata = ["displayname", "color"]

            [storage files]
            type = "filesystem"
            path = "{_home.Path}/calendars/"
            fileext = ".ics"

            [storage server]
            type = "caldav"
            url = "{_workplace.Url}dav/"
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
    public async Task A_thousand_events_go_both_ways_with_a_conflict_and_khal_shows_them()
    {
        for (var i = 0; i < Each; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(Files, $"here-{i}.ics"), Event($"here-{i}", i, $"Here {i}"));
            await Put($"there-{i}.ics", Event($"there-{i}", i, $"There {i}"), HttpStatusCode.Created);
        }

        (await ClientProcess.Run("sh", ["-c", $"yes | vdirsyncer -c {Config} discover"])).Code.ShouldBe(0);
        await Sync();
        Directory.GetFiles(Files, "*.ics").Length.ShouldBe(2 * Each);
        (await Members()).ShouldBe(2 * Each);

        // One changed on each side, one on both, one gone on each.
        await File.WriteAllTextAsync(FileOf("there-1"), Event("there-1", 1, "Changed here"));
        await Put("here-2.ics", Event("here-2", 2, "Changed there"), null);
        await File.WriteAllTextAsync(FileOf("there-3"), Event("there-3", 3, "Conflict here"));
        await Put("there-3.ics", Event("there-3", 3, "Conflict there"), HttpStatusCode.NoContent);
        File.Delete(FileOf("there-4"));
        (await _http.DeleteAsync(new Uri("there-5.ics", UriKind.Relative))).EnsureSuccessStatusCode();
        await Sync();
        (await _http.GetStringAsync(new Uri("there-1.ics", UriKind.Relative))).ShouldContain("Changed here");
        (await File.ReadAllTextAsync(FileOf("here-2"))).ShouldContain("Changed there");
        (await File.ReadAllTextAsync(FileOf("there-3"))).ShouldContain("Conflict there");
        (await _http.GetStringAsync(new Uri("there-3.ics", UriKind.Relative))).ShouldContain("Conflict there");
        Directory.GetFiles(Files, "*.ics").Length.ShouldBe((2 * Each) - 2);
        (await Members()).ShouldBe((2 * Each) - 2);

        // Nothing is left to do.
        (await Sync()).ShouldNotContain("Copying");

        await ShowWithKhal();
    }

    async Task ShowWithKhal()
    {
        var config = Path.Combine(_home.Path, "khal.conf");
        await File.WriteAllTextAsync(config, $"""
            [calendars]
            [[default]]
            path = {Files}

            [locale]
            timeformat = %H:%M
            dateformat = %Y-%m-%d
            longdateformat = %Y-%m-%d
            datetimeformat = %Y-%m-%d %H:%M
            longdatetimeformat = %Y-%m-%d %H:%M
            local_timezone = Europe/Paris
            default_timezone = Europe/Paris

            [sqlite]
            path = {_home.Path}/khal.db
            """);
        var (code, output) = await ClientProcess.Run("khal", ["-c", config, "list", "--format", "{start-time} {title}", "--day-format", "{date}", "2026-01-02", "2026-01-05"], new Dictionary<string, string> { ["HOME"] = _home.Path });
        code.ShouldBe(0, output);
        output.ShouldContain("10:00 Changed here");
        output.ShouldContain("10:00 Changed there");
        output.ShouldContain("10:00 Conflict there");
    }

    async Task<string> Sync()
    {
        var (code, output) = await ClientProcess.Run("vdirsyncer", ["-c", Config, "sync"]);
        code.ShouldBe(0, output);
        return output;
    }

    async Task Put(string name, string text, HttpStatusCode? expected)
    {
        using var content = new StringContent(text, Encoding.UTF8, "text/calendar");
        using var answer = await _http.PutAsync(new Uri(name, UriKind.Relative), content);
        if (expected is { } status) answer.StatusCode.ShouldBe(status);
        else answer.EnsureSuccessStatusCode();
    }

    async Task<int> Members()
    {
        using var request = new HttpRequestMessage(new HttpMethod("PROPFIND"), "") { Content = new StringContent("<D:propfind xmlns:D=\"DAV:\"><D:prop><D:getetag/></D:prop></D:propfind>", Encoding.UTF8, "application/xml") };
        request.Headers.Add("Depth", "1");
        using var answer = await _http.SendAsync(request);
        return (await answer.Content.ReadAsStringAsync()).Split(".ics<").Length - 1;
    }

    /// <summary>The file of an event, whatever it is called.</summary>
    string FileOf(string uid) => Directory.GetFiles(Files, "*.ics").Single(file => File.ReadAllText(file).Contains($"UID:{uid}\r\n", StringComparison.Ordinal) || File.ReadAllText(file).Contains($"UID:{uid}\n", StringComparison.Ordinal));

    static string Event(string uid, int number, string title)
    {
        var day = First.AddDays(number % 365).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{day}T090000Z\r\nDURATION:PT1H\r\nSUMMARY:{title}\r\nX-KEPT:{number}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    }
}
