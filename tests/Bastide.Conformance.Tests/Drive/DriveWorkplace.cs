using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Bastide.Conformance.Imap;

namespace Bastide.Conformance.Drive;

/// <summary>The program with the demo, for programs that keep files on it; a directory of the test's own beside it. Shared by the tests of a class: each has a person or a folder of its own.</summary>
public sealed class DriveWorkplace : IAsyncLifetime
{
    public const string Password = "bastide-demo";

    RunningWorkplace? _workplace;

    public RunningWorkplace Workplace => _workplace!;

    /// <summary>The root of somebody's files.</summary>
    public Uri Root(string person) => new(Workplace.Url, $"dav/files/{Address(person)}/");

    public static string Address(string person) => person + "@demo.localhost";

    public async ValueTask InitializeAsync() =>
        _workplace = await RunningWorkplace.Start(environment: new Dictionary<string, string> { ["BASTIDE_TEST__NOLIMITS"] = "1" });

    public async ValueTask DisposeAsync()
    {
        if (_workplace is not null) await _workplace.DisposeAsync();
    }

    /// <summary>Somebody who looks at what is there in the plainest way.</summary>
    public HttpClient Peer(string person)
    {
        var http = new HttpClient { BaseAddress = Root(person) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Address(person)}:{Password}")));
        return http;
    }

    /// <summary>What a folder holds: the last names of the addresses, folders with a slash.</summary>
    public static async Task<IReadOnlyList<string>> Names(HttpClient http, string folder, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(new HttpMethod("PROPFIND"), folder) { Headers = { { "Depth", "1" } } };
        using var response = await http.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        XNamespace dav = "DAV:";
        var hrefs = XDocument.Parse(await response.Content.ReadAsStringAsync(cancellation)).Descendants(dav + "response").Select(one => Uri.UnescapeDataString(one.Element(dav + "href")!.Value));
        return [.. hrefs.Skip(1).Select(href => href.TrimEnd('/').Split('/')[^1] + (href.EndsWith('/') ? "/" : "")).Order(StringComparer.Ordinal)];
    }

    /// <summary>Runs a program to its end; it must succeed.</summary>
    public static async Task<string> Succeed(string program, params string[] arguments)
    {
        var (code, output) = await ClientProcess.Run(program, arguments);
        code.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {output}");
        return output;
    }

    /// <summary>Fills a directory with so many files of all sizes, the same each time.</summary>
    public static void Fill(string directory, int files)
    {
        var random = new Random(7);
        for (var i = 0; i < files; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(directory, $"dossier {i % 9}", $"été {i % 4}")).FullName;
            var octets = new byte[i % 50 == 0 ? 200_000 : i % 10 == 0 ? 0 : 3000 + i];
            random.NextBytes(octets);
            File.WriteAllBytes(Path.Combine(folder, $"f{i} & é#%.txt"), octets);
        }
    }

    /// <summary>What a directory holds: each file with what it comes to. Those of programs' own bookkeeping are left out.</summary>
    public static IReadOnlyDictionary<string, string> Contents(string directory) => Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        .Where(file => !Path.GetFileName(file).StartsWith(".sync", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetRelativePath(directory, file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));
}
