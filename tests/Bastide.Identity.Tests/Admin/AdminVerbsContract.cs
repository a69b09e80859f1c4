using System.Text;
using System.Text.Json.Nodes;

namespace Bastide.Identity.Tests.Admin;

/// <summary>What every verb of the administration API does.</summary>
public abstract class AdminVerbsContract(IdentityFixture fixture)
{
    const string Domain = TestSettings.Domain;
    static int _names;

    [Fact]
    public async Task Domains_are_added_listed_in_pages_and_removed_when_nobody_is_left()
    {
        using var admin = await Administrator();
        var names = Enumerable.Range(0, 5).Select(_ => NewName("domain") + ".example").Order(StringComparer.Ordinal).ToList();
        foreach (var name in names) ((string)(await admin.Do("POST", "/domains", new JsonObject { ["name"] = name.ToUpperInvariant() }))["name"]!).ShouldBe(name);
        (await admin.All("/domains", 2)).Select(d => (string)d["name"]!).Where(names.Contains).ShouldBe(names);
        ((bool)(await admin.Do("GET", $"/domains/{Domain}"))["isPrimary"]!).ShouldBeTrue();
        ((bool)(await admin.Do("GET", $"/domains/{names[0]}"))["isPrimary"]!).ShouldBeFalse();
        await admin.Do("POST", "/users", new JsonObject { ["address"] = $"last@{names[0]}" });
        (await admin.Refused(409, "DELETE", $"/domains/{names[0]}")).ShouldContain("still has addresses");
        await admin.Do("DELETE", $"/users/last@{names[0]}");
        await admin.Do("DELETE", $"/domains/{names[0]}");
        await admin.Refused(404, "GET", $"/domains/{names[0]}");
        await admin.Refused(404, "DELETE", $"/domains/{names[0]}");
        await admin.Refused(409, "DELETE", $"/domains/{Domain}");
        await admin.Refused(409, "POST", "/domains", new JsonObject { ["name"] = names[1] });
        await admin.Refused(422, "POST", "/domains", new JsonObject { ["name"] = "not a domain" });
    }

    [Fact]
    public async Task A_person_is_added_changed_kept_out_let_in_and_removed()
    {
        using var admin = await Administrator();
        var address = $"{NewName("paula")}@{Domain}";
        var made = await admin.Do("POST", "/users", new JsonObject { ["address"] = address.ToUpperInvariant(), ["name"] = "Paula Älg", ["quota"] = 1_000_000 });
        ((string)made["address"]!).ShouldBe(address);
        var password = (string)made["password"]!;
        (await fixture.SignIn(address, password)).ShouldNotBeNull();
        var seen = await admin.Do("GET", $"/users/{address}");
        seen.ContainsKey("password").ShouldBeFalse();
        ((string)seen["name"]!).ShouldBe("Paula Älg");
        ((long)seen["quota"]!).ShouldBe(1_000_000);

        ((string)(await admin.Do("PATCH", $"/users/{address}", new JsonObject { ["name"] = "Paula" }))["name"]!).ShouldBe("Paula");
        var unbound = await admin.Do("PATCH", $"/users/{address}", new JsonObject { ["quota"] = null });
        unbound["quota"].ShouldBeNull();
        ((string)unbound["name"]!).ShouldBe("Paula");

        await admin.Do("PUT", $"/users/{address}/disabled");
        ((bool)(await admin.Do("GET", $"/users/{address}"))["isDisabled"]!).ShouldBeTrue();
        (await fixture.SignIn(address, password)).ShouldBeNull();
        await admin.Do("DELETE", $"/users/{address}/disabled");
        (await fixture.SignIn(address, password)).ShouldNotBeNull();

        var generated = (string)(await admin.Do("PUT", $"/users/{address}/password", new JsonObject()))["password"]!;
        (await fixture.SignIn(address, password)).ShouldBeNull();
        (await fixture.SignIn(address, generated)).ShouldNotBeNull();
        await admin.Do("PUT", $"/users/{address}/password", new JsonObject { ["password"] = "another long one" });
        (await fixture.SignIn(address, "another long one")).ShouldNotBeNull();

        await admin.Do("DELETE", $"/users/{address}");
        await admin.Refused(404, "GET", $"/users/{address}");
        (await fixture.SignIn(address, "another long one")).ShouldBeNull();
    }

    [Fact]
    public async Task People_and_teams_are_listed_whole_in_pages_of_any_size()
    {
        using var admin = await Administrator();
        var people = new List<string>();
        for (var i = 0; i < 7; i++) people.Add((string)(await admin.Do("POST", "/users", new JsonObject { ["address"] = $"{NewName("page")}@{Domain}", ["password"] = IdentityFixture.Password }))["address"]!);
        var teams = new List<string>();
        for (var i = 0; i < 4; i++) teams.Add((string)(await admin.Do("POST", "/teams", new JsonObject { ["address"] = $"{NewName("pageteam")}@{Domain}" }))["address"]!);
        foreach (var size in (int[])[1, 3, 500])
        {
            var listed = (await admin.All("/users", size)).Select(u => (string)u["address"]!).ToList();
            listed.ShouldBe(listed.Order(StringComparer.Ordinal));
            people.ShouldAllBe(address => listed.Contains(address));
            listed.ShouldBeUnique();
            teams.ShouldBeSubsetOf((await admin.All("/teams", size)).Select(t => (string)t["address"]!));
        }

        foreach (var limit in (string[])["0", "501", "-1", "many"]) await admin.Refused(400, "GET", $"/users?limit={limit}");
        await admin.Refused(400, "GET", "/audit?before=yesterday");
    }

    [Fact]
    public async Task Administrators_are_made_and_unmade_and_one_always_remains()
    {
        using var admin = await Administrator();
        var domain = NewName("domain") + ".example";
        await admin.Do("POST", "/domains", new JsonObject { ["name"] = domain });
        var address = $"{NewName("deputy")}@{Domain}";
        await admin.Do("POST", "/users", new JsonObject { ["address"] = address });
        await admin.Do("PUT", $"/users/{address}/administers/{domain}");
        await admin.Do("PUT", $"/users/{address}/administers/{domain}");
        await admin.Do("PUT", $"/users/{address}/administers/*");
        (await admin.Do("GET", $"/users/{address}/administers")).ToJsonString().ShouldBe($$"""{"everything":true,"domains":["{{domain}}"]}""");
        await admin.Do("DELETE", $"/users/{address}/administers/*");
        await admin.Do("DELETE", $"/users/{address}/administers/{domain}");
        ((bool)(await admin.Do("GET", $"/users/{address}"))["isAdministrator"]!).ShouldBeFalse();
        await admin.Refused(404, "PUT", $"/users/{address}/administers/nowhere.example");
        await admin.Refused(404, "DELETE", $"/users/{address}/administers/{domain}");
        await admin.Refused(404, "PUT", $"/users/nobody@{Domain}/administers/*");
    }

    [Fact]
    public async Task Nobody_disables_or_removes_themselves()
    {
        var chief = await fixture.AddPerson("chief", isAdministrator: true);
        using var admin = await AdminClient.SignIn(fixture, chief.Address);
        await admin.Refused(403, "PUT", $"/users/{chief.Address}/disabled");
        await admin.Refused(403, "DELETE", $"/users/{chief.Address}");
    }

    [Fact]
    public async Task App_passwords_and_sessions_are_listed_in_pages_and_ended()
    {
        using var admin = await Administrator();
        var person = await fixture.AddPerson();
        var made = new List<JsonObject>();
        for (var i = 0; i < 3; i++) made.Add(await admin.Do("POST", $"/users/{person.Address}/app-passwords", new JsonObject { ["label"] = $"program {i}", ["scopes"] = new JsonArray("mail") }));
        (await fixture.SignIn(person.Address, (string)made[0]["password"]!)).ShouldNotBeNull();
        (await fixture.SignIn(person.Address, (string)made[0]["password"]!, "matrix")).ShouldBeNull();
        (await admin.All($"/users/{person.Address}/app-passwords", 2, "before")).Select(p => (string)p["label"]!).ShouldBe(["program 2", "program 1", "program 0"]);

        using var browser = fixture.NewBrowser();
        await browser.SignIn(person.Address, IdentityFixture.Password);
        var sessions = await admin.All($"/users/{person.Address}/sessions", 1, "before");
        sessions.Select(s => (string)s["kind"]!).ShouldBe(["browser", "appPassword", "appPassword", "appPassword"]);

        await admin.Do("DELETE", $"/users/{person.Address}/app-passwords/{made[0]["id"]}");
        (await fixture.SignIn(person.Address, (string)made[0]["password"]!)).ShouldBeNull();
        await admin.Refused(404, "DELETE", $"/users/{person.Address}/app-passwords/{made[0]["id"]}");
        await admin.Refused(404, "DELETE", $"/users/{person.Address}/app-passwords/{sessions[0]["id"]}");
        await admin.Refused(404, "DELETE", $"/users/{person.Address}/sessions/first");
        await admin.Do("DELETE", $"/users/{person.Address}/sessions/{made[1]["id"]}");
        (await fixture.SignIn(person.Address, (string)made[1]["password"]!)).ShouldBeNull();

        (await browser.Get("/account")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        await admin.Do("DELETE", $"/users/{person.Address}/sessions");
        (await browser.Get("/account")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
        (await fixture.SignIn(person.Address, (string)made[2]["password"]!)).ShouldNotBeNull();
        await admin.Do("DELETE", $"/users/{person.Address}/second-factor");
        await admin.Refused(422, "POST", $"/users/{person.Address}/app-passwords", new JsonObject { ["label"] = "x", ["scopes"] = new JsonArray("admin") });
        await admin.Refused(422, "POST", $"/users/{person.Address}/app-passwords", new JsonObject { ["label"] = " " });

        var other = await fixture.AddPerson();
        var theirs = await admin.Do("POST", $"/users/{other.Address}/app-passwords", new JsonObject { ["label"] = "theirs" });
        await admin.Refused(404, "DELETE", $"/users/{person.Address}/app-passwords/{theirs["id"]}");
    }

    [Fact]
    public async Task Aliases_are_given_to_people_and_teams_listed_and_taken_away()
    {
        using var admin = await Administrator();
        var person = await fixture.AddPerson();
        var team = (string)(await admin.Do("POST", "/teams", new JsonObject { ["address"] = $"{NewName("team")}@{Domain}", ["name"] = "Sales" }))["address"]!;
        var (first, second) = ($"{NewName("alias")}@{Domain}", $"{NewName("alias")}@{Domain}");
        await admin.Do("POST", "/aliases", new JsonObject { ["alias"] = first, ["address"] = person.Address });
        await admin.Do("POST", "/aliases", new JsonObject { ["alias"] = second, ["address"] = team });
        var listed = (await admin.All("/aliases", 1)).Where(a => (string)a["alias"]! == first || (string)a["alias"]! == second).Select(a => $"{a["alias"]} {a["address"]} {a["kind"]}");
        listed.ShouldBe([$"{first} {person.Address} user", $"{second} {team} team"]);
        (await admin.Do("GET", $"/users/{first}"))["aliases"]!.AsArray().Select(a => (string)a!).ShouldBe([first]);
        await admin.Refused(409, "POST", "/aliases", new JsonObject { ["alias"] = first, ["address"] = team });
        await admin.Refused(409, "POST", "/aliases", new JsonObject { ["alias"] = person.Address, ["address"] = team });
        await admin.Refused(422, "POST", "/aliases", new JsonObject { ["alias"] = "with+detail@" + Domain, ["address"] = team });
        await admin.Refused(404, "POST", "/aliases", new JsonObject { ["alias"] = "x@nowhere.example", ["address"] = team });
        await admin.Refused(404, "DELETE", $"/aliases/{person.Address}");
        await admin.Do("DELETE", $"/aliases/{first}");
        await admin.Refused(404, "DELETE", $"/aliases/{first}");
        await admin.Refused(404, "GET", $"/users/{first}");
    }

    [Fact]
    public async Task A_team_gets_members_with_roles_in_pages_and_goes()
    {
        using var admin = await Administrator();
        var team = (string)(await admin.Do("POST", "/teams", new JsonObject { ["address"] = $"{NewName("team")}@{Domain}", ["name"] = "Sales" }))["address"]!;
        ((string)(await admin.Do("PATCH", $"/teams/{team}", new JsonObject { ["name"] = "Sales & more" }))["name"]!).ShouldBe("Sales & more");
        var people = new[] { await fixture.AddPerson("anna"), await fixture.AddPerson("bert"), await fixture.AddPerson("cora") };
        foreach (var (person, role) in people.Zip((string[])["reader", "member", "owner"]))
            await admin.Do("PUT", $"/teams/{team}/members/{person.Address}", new JsonObject { ["role"] = role });
        (await admin.All($"/teams/{team}/members", 2)).Select(m => $"{m["address"]} {m["role"]}").ShouldBe(
            [$"{people[0].Address} reader", $"{people[1].Address} member", $"{people[2].Address} owner"]);
        await admin.Do("PUT", $"/teams/{team}/members/{people[0].Address}", new JsonObject { ["role"] = "owner" });
        await admin.Do("DELETE", $"/teams/{team}/members/{people[1].Address}");
        (await admin.All($"/teams/{team}/members", 500)).Select(m => (string)m["role"]!).ShouldBe(["owner", "owner"]);
        await admin.Refused(404, "DELETE", $"/teams/{team}/members/{people[1].Address}");
        await admin.Refused(404, "PUT", $"/teams/{team}/members/nobody@{Domain}", new JsonObject { ["role"] = "owner" });
        await admin.Refused(404, "PUT", $"/teams/{team}/members/{team}", new JsonObject { ["role"] = "owner" });

        (await admin.Do("GET", $"/teams/{team}"))["resource"].ShouldBeNull();
        var room = new JsonObject { ["kind"] = "room", ["booking"] = "asked", ["capacity"] = 12, ["place"] = "Second floor" };
        await admin.Do("PUT", $"/teams/{team}/resource", (JsonObject)room.DeepClone());
        JsonNode.DeepEquals((await admin.Do("GET", $"/teams/{team}"))["resource"], room).ShouldBeTrue();
        await admin.Refused(422, "PUT", $"/teams/{team}/resource", new JsonObject { ["kind"] = "room", ["booking"] = "first", ["capacity"] = 0 });
        await admin.Refused(400, "PUT", $"/teams/{team}/resource", new JsonObject { ["kind"] = "palace", ["booking"] = "first" });
        await admin.Do("DELETE", $"/teams/{team}/resource");
        (await admin.Do("GET", $"/teams/{team}"))["resource"].ShouldBeNull();
        await admin.Refused(400, "PUT", $"/teams/{team}/members/{people[1].Address}", new JsonObject { ["role"] = "emperor" });
        await admin.Refused(400, "PUT", $"/teams/{team}/members/{people[1].Address}", new JsonObject { ["role"] = 2 });
        await admin.Refused(404, "GET", $"/teams/{people[0].Address}");
        await admin.Refused(404, "GET", $"/users/{team}");
        await admin.Do("DELETE", $"/teams/{team}");
        await admin.Refused(404, "GET", $"/teams/{team}/members");
    }

    [Fact]
    public async Task What_an_administrator_does_is_in_the_audit_log_without_any_secret()
    {
        var chief = await fixture.AddPerson("chief", isAdministrator: true);
        using var admin = await AdminClient.SignIn(fixture, chief.Address);
        var address = $"{NewName("audited")}@{Domain}";
        await admin.Do("POST", "/users", new JsonObject { ["address"] = address, ["password"] = "a secret of theirs" });
        var secret = (string)(await admin.Do("POST", $"/users/{address}/app-passwords", new JsonObject { ["label"] = "Phone" }))["password"]!;
        await admin.Do("PUT", $"/users/{address}/disabled");
        var log = await admin.All("/audit", 50, "before");
        log.Where(line => (string)line["target"]! == address).Select(line => (string)line["action"]!).ShouldBe(["user.disable", "app-password.add", "user.add"]);
        log.Where(line => (string)line["target"]! == address).ShouldAllBe(line => (string)line["actor"]! == chief.Address && (string)line["outcome"]! == "done");
        log.Select(line => (long)line["id"]!).ShouldBe(log.Select(line => (long)line["id"]!).OrderDescending());
        var text = string.Concat(log.Select(line => line.ToJsonString()));
        text.ShouldNotContain("a secret of theirs");
        text.ShouldNotContain(secret);
    }

    [Theory]
    [InlineData(400, "{")]
    [InlineData(400, "[]")]
    [InlineData(400, "null")]
    [InlineData(400, "{}")]
    [InlineData(400, """{"address":null}""")]
    [InlineData(400, """{"address":7}""")]
    [InlineData(400, """{"address":"x@demo.localhost","isadministrator":true}""")]
    [InlineData(400, """{"address":"x@demo.localhost","address":"y@demo.localhost"}""")]
    [InlineData(400, """{"address":"x@demo.localhost","quota":"much"}""")]
    [InlineData(422, """{"address":"x@demo.localhost","quota":-1}""")]
    [InlineData(422, """{"address":"no address"}""")]
    [InlineData(422, """{"address":"x@demo.localhost","password":"short"}""")]
    [InlineData(404, """{"address":"x@nowhere.example"}""")]
    [InlineData(415, "address=x", "application/x-www-form-urlencoded")]
    public async Task A_body_that_cannot_be_is_refused_with_a_sentence(int status, string body, string type = "application/json")
    {
        using var admin = await Administrator();
        var (answered, problem) = await admin.Send("POST", "/users", new StringContent(body, Encoding.UTF8, type));
        answered.ShouldBe(status, problem.ToJsonString());
        ((string)problem["detail"]!).ShouldEndWith(".");
    }

    [Fact]
    public async Task A_body_of_any_size_costs_no_more_than_its_bound()
    {
        using var admin = await Administrator();
        var large = $$"""{"address":"x@{{Domain}}","name":"{{new string('x', 100_000)}}"}""";
        (await admin.Send("POST", "/users", new StringContent(large, Encoding.UTF8, "application/json"))).Status.ShouldBe(413);
        using var unsaid = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(large)));
        unsaid.Headers.ContentType = new("application/json");
        unsaid.Headers.ContentLength = null;
        (await admin.Send("POST", "/users", unsaid)).Status.ShouldBe(413);
    }

    [Fact]
    public async Task An_unknown_path_and_a_wrong_method_are_problems_too()
    {
        var chief = await fixture.AddPerson("chief", isAdministrator: true);
        using var http = new HttpClient { BaseAddress = fixture.Url };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{chief.Address}:{IdentityFixture.Password}")));
        foreach (var (method, path, status, allow) in new[]
        {
            ("GET", "/admin/api/nothing", 404, null), ("POST", "/admin/api", 404, null), ("PUT", "/admin/api/users", 405, "GET, POST"),
            ("POST", "/admin/api/users/a@b.example", 405, "GET, PATCH, DELETE"), ("DELETE", "/admin/api/audit", 405, "GET"),
        })
        {
            using var answer = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            ((int)answer.StatusCode).ShouldBe(status, path);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            answer.Content.Headers.Allow.ShouldBe(allow?.Split(", ") ?? []);
        }
    }

    async Task<AdminClient> Administrator() => await AdminClient.SignIn(fixture, (await fixture.AddPerson("chief", isAdministrator: true)).Address);

    static string NewName(string prefix) => $"{prefix}{Interlocked.Increment(ref _names):000}";
}

public sealed class AdminVerbsOnSqlite(IdentityOnSqlite fixture) : AdminVerbsContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class AdminVerbsOnPostgres(IdentityOnPostgres fixture) : AdminVerbsContract(fixture), IClassFixture<IdentityOnPostgres>;
