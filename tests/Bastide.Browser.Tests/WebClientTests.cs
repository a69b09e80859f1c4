using System.Net;
using System.Text.RegularExpressions;

namespace Bastide.Browser;

/// <summary>How the files of the web client are served.</summary>
public sealed partial class WebClientTests(Workplace workplace) : IClassFixture<Workplace>
{
    [Fact]
    public async Task A_file_has_one_address_and_every_other_spelling_of_it_is_not_found()
    {
        using var http = new HttpClient { BaseAddress = workplace.Server.Url };
        var page = await http.GetStringAsync("/", TestContext.Current.CancellationToken);
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        var script = Script().Match(page).Value;
        using var known = await http.GetAsync(script, TestContext.Current.CancellationToken);
        known.StatusCode.ShouldBe(HttpStatusCode.OK);
        known.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        known.Headers.CacheControl!.ToString().ShouldContain("immutable");
        var name = script["/assets/".Length..];
        foreach (var spelling in new[] { $"/assets//{name}", $"/assets///{name}", $"/assets/x/..%2f{name}", $"/assets/{name}/", "/assets/", "/assets/.hidden", "/assets/nothing.js" })
        {
            using var answer = await http.GetAsync(spelling, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, spelling);
        }
    }

    [GeneratedRegex("/assets/[^\"]+\\.js")]
    private static partial Regex Script();
}
