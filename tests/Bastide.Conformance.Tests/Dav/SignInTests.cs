using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;

namespace Bastide.Conformance.Dav;

/// <summary>How one signs in to WebDAV, and how clients find their way from there, on the program as it is started.</summary>
public sealed class SignInTests(SignInTests.Started started) : IClassFixture<SignInTests.Started>
{
    static readonly XNamespace D = "DAV:";

    [Fact]
    public async Task Who_does_not_sign_in_is_told_how()
    {
        using var response = await Ask("PROPFIND", "dav/", null);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme).ShouldBe(["Basic", "Bearer"], ignoreOrder: true);
        using var wrong = await Ask("PROPFIND", "dav/", Basic("alice@demo.localhost", "wrong"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("alice@demo.localhost")]
    [InlineData("alice")]
    public async Task A_password_leads_to_the_principal(string user)
    {
        var answer = await Properties("dav/", Basic(user, "bastide-demo"), "<current-user-principal/>");
        answer.Descendants(D + "current-user-principal").Single().Value.ShouldBe("/dav/principals/alice@demo.localhost/");
    }

    [Fact]
    public async Task An_app_password_leads_to_the_principal_and_what_the_directory_knows_of_it()
    {
        var (code, output, error) = await started.Workplace.Run("app-password", "add", "alice@demo.localhost", "--label", "DAV");
        code.ShouldBe(0, error);
        var password = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[^1].Split(' ')[^1];
        var answer = await Properties("dav/principals/alice@demo.localhost/", Basic("alice@demo.localhost", password), "<displayname/><group-membership/>");
        answer.Descendants(D + "displayname").Single().Value.ShouldStartWith("Alice");
        var team = answer.Descendants(D + "group-membership").Single().Element(D + "href").ShouldNotBeNull().Value;
        var members = await Properties(team[1..], Basic("alice@demo.localhost", password), "<group-member-set/>");
        members.Descendants(D + "href").Select(href => href.Value).ShouldContain("/dav/principals/bob@demo.localhost/");
    }

    static AuthenticationHeaderValue Basic(string user, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    async Task<XElement> Properties(string path, AuthenticationHeaderValue credentials, string properties)
    {
        using var response = await Ask("PROPFIND", path, credentials, $"""<propfind xmlns="DAV:"><prop>{properties}</prop></propfind>""");
        response.StatusCode.ShouldBe(HttpStatusCode.MultiStatus);
        return XElement.Parse(await response.Content.ReadAsStringAsync());
    }

    async Task<HttpResponseMessage> Ask(string method, string path, AuthenticationHeaderValue? credentials, string body = "")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(started.Workplace.Url, path)) { Headers = { { "Depth", "0" } }, Content = new StringContent(body, Encoding.UTF8, "application/xml") };
        request.Headers.Authorization = credentials;
        return await http.SendAsync(request);
    }

    /// <summary>One workplace for all of them: they change nothing that another would see.</summary>
    public sealed class Started : IAsyncLifetime
    {
        public RunningWorkplace Workplace { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Workplace = await RunningWorkplace.Start();

        public ValueTask DisposeAsync() => Workplace.DisposeAsync();
    }
}
