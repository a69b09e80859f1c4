using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Bastide.Drive.Tests.Nextcloud;

public sealed class NextcloudApiTests(DriveSqlite fixture) : IClassFixture<DriveSqlite>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_asks_is_told_in_JSON_and_in_XML_and_nobody_else_is()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        await workplace.SetQuota(alice, 1000);
        await workplace.Write(alice, "a.txt", new string('a', 250));
        var user = JsonNode.Parse(await alice.Http.GetStringAsync("/ocs/v1.php/cloud/user?format=json", Cancellation))!["ocs"]!;
        ((int?)user["meta"]!["statuscode"], (string?)user["data"]!["id"], (string?)user["data"]!["display-name"]).ShouldBe((100, alice.Address, "Alice"));
        ((long?)user["data"]!["quota"]!["used"], (long?)user["data"]!["quota"]!["free"], (double?)user["data"]!["quota"]!["relative"]).ShouldBe((250, 750, 25));
        var xml = XDocument.Parse(await alice.Http.GetStringAsync("/ocs/v2.php/cloud/user", Cancellation)).Root!;
        (xml.Name.LocalName, xml.Element("meta")!.Element("statuscode")!.Value, xml.Element("data")!.Element("email")!.Value).ShouldBe(("ocs", "200", alice.Address));
        using var nobody = new HttpClient { BaseAddress = workplace.Origin };
        (await nobody.GetAsync("/ocs/v1.php/cloud/user", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_program_that_looks_for_a_server_finds_one_and_what_it_can_do()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        using var nobody = new HttpClient { BaseAddress = workplace.Origin };
        var status = JsonNode.Parse(await nobody.GetStringAsync("/status.php", Cancellation))!;
        ((bool?)status["installed"], (bool?)status["maintenance"], (string?)status["productname"]).ShouldBe((true, false, "Bastide"));
        var can = JsonNode.Parse(await nobody.GetStringAsync("/ocs/v2.php/cloud/capabilities?format=json", Cancellation))!["ocs"]!["data"]!["capabilities"]!;
        ((string?)can["dav"]!["chunking"], (bool?)can["files_sharing"]!["api_enabled"]).ShouldBe(("1.0", false));
    }
}
