using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Identity.Tests.Admin;

/// <summary>Who may use the administration API, and for what.</summary>
public abstract class AdminAccessContract(IdentityFixture fixture)
{
    static int _domains;

    [Fact]
    public async Task Every_verb_refuses_who_is_not_signed_in_and_who_is_no_administrator()
    {
        var document = await ApiDocument.Of(fixture);
        var person = await fixture.AddPerson();
        using var stranger = new AdminClient(fixture, document, null);
        using var impostor = await AdminClient.SignIn(fixture, person.Address, "not their password");
        using var member = await AdminClient.SignIn(fixture, person.Address);
        var before = await fixture.People.Find(person.Address, Actor.Operator, fixture.Cancellation);
        foreach (var (method, path, _) in document.Operations.Where(o => o.Path != "/openapi.json").ToList())
        {
            var at = path.Replace("{address}", person.Address, StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
            await stranger.Refused(401, method, at);
            await member.Refused(403, method, at);
        }

        await impostor.Refused(401, "GET", "/users");
        (await fixture.People.Find(person.Address, Actor.Operator, fixture.Cancellation)).ShouldBe(before, new SamePerson());
    }

    [Fact]
    public async Task A_stranger_is_told_how_to_sign_in_and_a_browser_with_a_cookie_is_a_stranger()
    {
        var admin = await fixture.AddPerson("chief", isAdministrator: true);
        using var browser = fixture.NewBrowser();
        await browser.SignIn(admin.Address, IdentityFixture.Password);
        (await browser.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var answer = await browser.Get("/admin/api/users");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.Select(h => h.Scheme).ShouldBe(["Basic", "Bearer"]);
    }

    [Fact]
    public async Task An_access_token_needs_the_scope_admin_and_an_app_password_never_has_it()
    {
        var document = await ApiDocument.Of(fixture);
        var admin = await fixture.AddPerson("chief", isAdministrator: true);
        foreach (var (scope, status) in new[] { ("openid mail", 403), ("openid admin", 200) })
        {
            using var browser = fixture.NewBrowser();
            var tokens = await browser.Authorize(admin.Address, IdentityFixture.Password, scope);
            using var client = new AdminClient(fixture, document, new AuthenticationHeaderValue("Bearer", (string)tokens["access_token"]!));
            (await client.Send("GET", "/users")).Status.ShouldBe(status);
        }

        var made = await fixture.Get<AppPasswords>().Add(admin.Address, "Thunderbird", [], Actor.Operator, fixture.Cancellation);
        using var program = await AdminClient.SignIn(fixture, admin.Address, made.Value!.Secret);
        await program.Refused(403, "GET", "/users");
    }

    [Fact]
    public async Task Who_administers_one_domain_sees_it_alone_and_others_answer_as_what_does_not_exist()
    {
        var (own, other) = (await AddDomain(), await AddDomain());
        var (anna, admin) = (await AddPerson("anna", own), await AddPerson("admin", own, administers: own));
        var zoe = await AddPerson("zoe", other);
        await fixture.Teams.Add($"team@{other}", "", Actor.Operator, fixture.Cancellation);
        await fixture.People.AddAlias(zoe, $"alias@{other}", Actor.Operator, fixture.Cancellation);
        using var client = await AdminClient.SignIn(fixture, admin);

        (await client.All("/domains", 10)).Select(d => (string)d["name"]!).ShouldBe([own]);
        (await client.All("/users", 10)).Select(d => (string)d["address"]!).ShouldBe([admin, anna], ignoreOrder: true);
        (await client.All("/teams", 10)).ShouldBeEmpty();
        (await client.All("/aliases", 10)).ShouldBeEmpty();
        var log = await client.All("/audit", 10, "before");
        log.ShouldNotBeEmpty();
        log.ShouldAllBe(line => (string?)line["domain"] == own);

        var gone = await client.Refused(404, "GET", $"/users/{zoe}");
        (await client.Refused(404, "GET", $"/users/nobody@{other}")).ShouldBe(gone.Replace(zoe, $"nobody@{other}", StringComparison.Ordinal));
        foreach (var (method, path, body) in new (string, string, JsonObject?)[]
        {
            ("GET", $"/domains/{other}", null), ("DELETE", $"/domains/{other}", null),
            ("PATCH", $"/users/{zoe}", new() { ["name"] = "Pwned" }), ("DELETE", $"/users/{zoe}", null),
            ("PUT", $"/users/{zoe}/password", []), ("PUT", $"/users/{zoe}/disabled", null), ("DELETE", $"/users/{zoe}/disabled", null),
            ("GET", $"/users/{zoe}/administers", null), ("PUT", $"/users/{zoe}/administers/{own}", null),
            ("GET", $"/users/{zoe}/app-passwords", null), ("POST", $"/users/{zoe}/app-passwords", new() { ["label"] = "mine" }), ("DELETE", $"/users/{zoe}/app-passwords/1", null),
            ("GET", $"/users/{zoe}/sessions", null), ("DELETE", $"/users/{zoe}/sessions", null), ("DELETE", $"/users/{zoe}/sessions/1", null), ("DELETE", $"/users/{zoe}/second-factor", null),
            ("POST", "/users", new() { ["address"] = $"new@{other}" }), ("POST", "/teams", new() { ["address"] = $"new@{other}" }),
            ("POST", "/aliases", new() { ["alias"] = $"new@{other}", ["address"] = anna }), ("POST", "/aliases", new() { ["alias"] = $"new@{own}", ["address"] = zoe }),
            ("DELETE", $"/aliases/alias@{other}", null),
            ("GET", $"/teams/team@{other}", null), ("PATCH", $"/teams/team@{other}", new() { ["name"] = "Pwned" }), ("DELETE", $"/teams/team@{other}", null),
            ("PUT", $"/teams/team@{other}/resource", new() { ["kind"] = "room", ["booking"] = "first" }), ("DELETE", $"/teams/team@{other}/resource", null),
            ("GET", $"/teams/team@{other}/members", null), ("PUT", $"/teams/team@{other}/members/{anna}", new() { ["role"] = "owner" }), ("DELETE", $"/teams/team@{other}/members/{anna}", null),
        })
            await client.Refused(404, method, path, body);

        await client.Refused(403, "POST", "/domains", new JsonObject { ["name"] = "more.example" });
        await client.Refused(403, "DELETE", $"/domains/{own}");
        await client.Refused(403, "POST", "/users", new JsonObject { ["address"] = $"chief@{own}", ["isAdministrator"] = true });
        await client.Refused(403, "PUT", $"/users/{anna}/administers/{own}");
        await client.Refused(403, "PUT", $"/users/{admin}/administers/*");
        await client.Do("PATCH", $"/users/{anna}", new JsonObject { ["name"] = "Anna" });
    }

    [Fact]
    public async Task Who_administers_one_domain_cannot_take_over_somebody_who_administers_more()
    {
        var (own, other) = (await AddDomain(), await AddDomain());
        var admin = await AddPerson("admin", own, administers: own);
        var ofEverything = await AddPerson("chief", own);
        await fixture.People.SetAdministrator(ofEverything, null, true, Actor.Operator, fixture.Cancellation);
        var ofAnother = await AddPerson("colleague", own, administers: other);
        using var client = await AdminClient.SignIn(fixture, admin);
        foreach (var target in (string[])[ofEverything, ofAnother])
        {
            await client.Refused(403, "PUT", $"/users/{target}/password", new JsonObject { ["password"] = "mine from now on" });
            await client.Refused(403, "DELETE", $"/users/{target}/second-factor");
            await client.Refused(403, "POST", $"/users/{target}/app-passwords", new JsonObject { ["label"] = "mine" });
            await client.Refused(403, "DELETE", $"/users/{target}/sessions");
            await client.Refused(403, "GET", $"/users/{target}/sessions");
            await client.Refused(403, "GET", $"/users/{target}/app-passwords");
            await client.Refused(403, "PUT", $"/users/{target}/disabled");
            await client.Refused(403, "DELETE", $"/users/{target}");
            await client.Refused(403, "PATCH", $"/users/{target}", new JsonObject { ["name"] = "Mine" });
            await client.Refused(403, "POST", "/aliases", new JsonObject { ["alias"] = $"mine@{own}", ["address"] = target });
        }

        (await fixture.SignIn(ofAnother, IdentityFixture.Password)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_administers_one_domain_leaves_the_aliases_of_another_alone()
    {
        var (own, other) = (await AddDomain(), await AddDomain());
        var (anna, admin) = (await AddPerson("anna", own), await AddPerson("admin", own, administers: own));
        (await fixture.People.AddAlias(anna, $"mayor@{other}", Actor.Operator, fixture.Cancellation)).ShouldBeNull();
        (await fixture.People.AddAlias(anna, $"office@{own}", Actor.Operator, fixture.Cancellation)).ShouldBeNull();
        using var client = await AdminClient.SignIn(fixture, admin);
        await client.Refused(404, "DELETE", $"/aliases/mayor@{other}");
        await client.Do("DELETE", $"/aliases/office@{own}");
        (await fixture.People.Find(anna, Actor.Operator, fixture.Cancellation)).Value!.Aliases.ShouldBe([$"mayor@{other}"]);
    }

    [Fact]
    public async Task An_administrator_who_is_one_no_more_is_refused_at_the_next_request()
    {
        var admin = await fixture.AddPerson("chief", isAdministrator: true);
        await fixture.AddPerson("chief", isAdministrator: true);
        using var client = await AdminClient.SignIn(fixture, admin.Address);
        await client.Do("GET", "/users");
        (await fixture.People.SetAdministrator(admin.Address, null, false, Actor.Operator, fixture.Cancellation)).ShouldBeNull();
        await client.Refused(403, "GET", "/users");
    }

    async Task<string> AddDomain()
    {
        var name = $"d{Interlocked.Increment(ref _domains)}.example";
        (await fixture.Domains.Add(name, Actor.Operator, fixture.Cancellation)).Refusal.ShouldBeNull();
        return name;
    }

    async Task<string> AddPerson(string name, string domain, string? administers = null)
    {
        var address = $"{name}@{domain}";
        (await fixture.People.Add(new NewPerson(address, "", IdentityFixture.Password), Actor.Operator, fixture.Cancellation)).Refusal.ShouldBeNull();
        if (administers is not null) (await fixture.People.SetAdministrator(address, administers, true, Actor.Operator, fixture.Cancellation)).ShouldBeNull();
        return address;
    }

    sealed class SamePerson : IEqualityComparer<Outcome<Person>>
    {
        public bool Equals(Outcome<Person> x, Outcome<Person> y) => x.Value! with { Aliases = [] } == y.Value! with { Aliases = [] } && x.Value!.Aliases.SequenceEqual(y.Value!.Aliases);

        public int GetHashCode(Outcome<Person> obj) => 0;
    }
}

public sealed class AdminAccessOnSqlite(IdentityOnSqlite fixture) : AdminAccessContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class AdminAccessOnPostgres(IdentityOnPostgres fixture) : AdminAccessContract(fixture), IClassFixture<IdentityOnPostgres>;
