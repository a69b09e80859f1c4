using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;

namespace Bastide.Bench.Calendar;

/// <summary>A CalDAV client that finds what it needs as RFC 6764 has it, on any server.</summary>
sealed class CalendarClient : IDisposable
{
    static readonly XNamespace Dav = "DAV:";
    static readonly XNamespace CalDav = "urn:ietf:params:xml:ns:caldav";
    readonly HttpClient _http;

    /// <summary>One who signs in with a password at every request, on a connection of its own where the server has no others.</summary>
    public CalendarClient(Uri server, string user, string password, bool keepsConnections = true)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server, Timeout = TimeSpan.FromMinutes(10) };
        _http.DefaultRequestHeaders.ConnectionClose = keepsConnections ? null : true;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    /// <summary>Makes a calendar in the person's home; answers its path.</summary>
    public async Task<string> Make(string name, string root, CancellationToken cancellation)
    {
        var principal = await Property(root, Dav + "current-user-principal", cancellation);
        var home = await Property(principal, CalDav + "calendar-home-set", cancellation);
        var path = $"{home.TrimEnd('/')}/{name}/";
        await Send("MKCALENDAR", path, null, null, HttpStatusCode.Created, cancellation);
        return path;
    }

    /// <summary>Stores an object.</summary>
    public Task Put(string path, string text, CancellationToken cancellation) =>
        Send("PUT", path, new StringContent(text, Encoding.UTF8, "text/calendar"), null, null, cancellation);

    /// <summary>Fetches these objects; answers how many came.</summary>
    public async Task<int> Multiget(string calendar, IEnumerable<string> paths, CancellationToken cancellation)
    {
        var body = $"""<c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop>{string.Concat(paths.Select(path => $"<d:href>{path}</d:href>"))}</c:calendar-multiget>""";
        return Count(await Report(calendar, body, cancellation), "BEGIN:VCALENDAR");
    }

    /// <summary>Asks what is between two days; answers how many objects came.</summary>
    public async Task<int> Between(string calendar, DateTime from, DateTime to, CancellationToken cancellation)
    {
        var body = $"""<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="{from:yyyyMMdd}T000000Z" end="{to:yyyyMMdd}T000000Z"/></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>""";
        return Count(await Report(calendar, body, cancellation), "BEGIN:VCALENDAR");
    }

    /// <summary>Asks what changed since a token (empty: everything); answers how many, and the next token.</summary>
    public async Task<(int Changed, string Token)> Sync(string calendar, string token, CancellationToken cancellation)
    {
        var body = $"""<d:sync-collection xmlns:d="DAV:"><d:sync-token>{token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>""";
        var answer = XDocument.Parse(await Report(calendar, body, cancellation)).Root!;
        return (answer.Elements(Dav + "response").Count(), answer.Element(Dav + "sync-token")!.Value);
    }

    public void Dispose() => _http.Dispose();

    Task<string> Report(string path, string body, CancellationToken cancellation) =>
        Send("REPORT", path, new StringContent(body, Encoding.UTF8, "application/xml"), "1", HttpStatusCode.MultiStatus, cancellation);

    async Task<string> Property(string path, XName name, CancellationToken cancellation)
    {
        var body = $"""<d:propfind xmlns:d="DAV:"><d:prop><x:{name.LocalName} xmlns:x="{name.NamespaceName}"/></d:prop></d:propfind>""";
        var answer = await Send("PROPFIND", path, new StringContent(body, Encoding.UTF8, "application/xml"), "0", HttpStatusCode.MultiStatus, cancellation);
        return XDocument.Parse(answer).Descendants(name).Elements(Dav + "href").First().Value;
    }

    async Task<string> Send(string method, string path, HttpContent? content, string? depth, HttpStatusCode? expected, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        if (depth is not null) request.Headers.Add("Depth", depth);
        using var response = await _http.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        if (expected is null ? response.IsSuccessStatusCode : response.StatusCode == expected) return text;
        throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {text[..Math.Min(text.Length, 500)]}");
    }

    static int Count(string text, string word)
    {
        var count = 0;
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal)) count++;
        return count;
    }
}
