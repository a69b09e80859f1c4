using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;

namespace Bastide.Conformance.Dav;

/// <summary>A plain client of CalDAV and CardDAV: gives and takes whole objects, and reads what collections tell of themselves.</summary>
sealed class DavPeer : IDisposable
{
    static readonly XNamespace D = "DAV:";
    static readonly XName[] Writing = [D + "write", D + "write-content", D + "all"];
    readonly HttpClient _http;
    readonly string _address;

    public DavPeer(Uri url, string address)
    {
        _address = address;
        _http = new HttpClient { BaseAddress = new Uri(url, "dav/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{address}:bastide-demo")));
    }

    public string Calendar(string collection, string uid) => $"calendars/{_address}/{collection}/{uid}.ics";

    public string Card(string collection, string uid) => $"addressbooks/{_address}/{collection}/{uid}.vcf";

    /// <summary>Stores an object; it must be taken.</summary>
    public async Task Put(string path, string text)
    {
        using var content = new StringContent(text.ReplaceLineEndings("\r\n"), Encoding.UTF8, path.EndsWith(".ics", StringComparison.Ordinal) ? "text/calendar" : "text/vcard");
        using var answer = await _http.PutAsync(new Uri(path, UriKind.Relative), content);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>The text of an object with its lines unfolded, or null when there is none.</summary>
    public async Task<string?> Read(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsStringAsync()).Replace("\r\n ", "", StringComparison.Ordinal).ReplaceLineEndings("\n");
    }

    public async Task Delete(string path)
    {
        using var answer = await _http.DeleteAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The collections of a type in the home of the person below <c>calendars</c> or <c>addressbooks</c>, by their paths.</summary>
    public Task<Dictionary<string, (string Name, bool MayWrite)>> Collections(string tree, XName type) => CollectionsAt($"{tree}/{_address}/", type);

    /// <summary>The same in every home that the person sees.</summary>
    public async Task<Dictionary<string, (string Name, bool MayWrite)>> CollectionsOfAll(string tree, XName type)
    {
        var found = new Dictionary<string, (string, bool)>();
        foreach (var home in (await Propfind($"{tree}/", "<resourcetype/>")).Select(response => response.Element(D + "href")!.Value).Where(href => href != $"/dav/{tree}/"))
            foreach (var (path, collection) in await CollectionsAt(home, type))
                found.Add(path, collection);
        return found;
    }

    /// <summary>Where in a collection the object is that holds a line, or null when there is none.</summary>
    public async Task<string?> Find(string home, string collection, string line)
    {
        foreach (var path in await Objects($"{home}/{_address}/{collection}/"))
            if ((await Read(path))?.Split('\n').Contains(line) == true)
                return path;

        return null;
    }

    /// <summary>How many objects are in a collection.</summary>
    public async Task<int> CountAt(string path) => (await Objects(path)).Count;

    /// <summary>How many components of a kind are in all objects of a calendar.</summary>
    public async Task<int> CountOf(string path, string component)
    {
        var count = 0;
        foreach (var href in await Objects(path)) count += (await Read(href))!.Split($"BEGIN:{component}\n").Length - 1;
        return count;
    }

    /// <summary>The object with the answer of one who was invited.</summary>
    public static string AnswerOf(string text, string address, string status) => string.Join('\n', text.Split('\n').Select(line =>
        line.StartsWith("ATTENDEE", StringComparison.Ordinal) && line.EndsWith(address, StringComparison.Ordinal) ? line.Replace("PARTSTAT=NEEDS-ACTION", $"PARTSTAT={status}", StringComparison.Ordinal) : line));

    async Task<Dictionary<string, (string Name, bool MayWrite)>> CollectionsAt(string home, XName type) =>
        (await Propfind(home, "<resourcetype/><displayname/><current-user-privilege-set/>"))
            .Where(response => response.Descendants(D + "resourcetype").Elements(type).Any())
            .ToDictionary(
                response => response.Element(D + "href")!.Value,
                response => (response.Descendants(D + "displayname").Single().Value, response.Descendants(D + "privilege").Elements().Any(privilege => Writing.Contains(privilege.Name))));

    async Task<List<string>> Objects(string path) => [.. (await Propfind(path, "<getetag/>")).Select(response => response.Element(D + "href")!.Value).Where(href => !href.EndsWith('/'))];

    async Task<List<XElement>> Propfind(string path, string properties)
    {
        using var request = new HttpRequestMessage(new HttpMethod("PROPFIND"), path) { Content = new StringContent($"""<propfind xmlns="DAV:"><prop>{properties}</prop></propfind>""", Encoding.UTF8, "application/xml") };
        request.Headers.Add("Depth", "1");
        using var answer = await _http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.MultiStatus);
        return [.. XElement.Parse(await answer.Content.ReadAsStringAsync()).Elements(D + "response")];
    }

    public void Dispose() => _http.Dispose();
}
