using Bastide.Identity.Tests.Oidc;
using Bastide.Platform.Db;

namespace Bastide.Identity.Tests.Credentials;

public abstract class AuditContract(IdentityFixture fixture)
{
    [Theory]
    [InlineData("UPDATE audit SET outcome = 'done'")]
    [InlineData("UPDATE audit SET at = 0 WHERE id = 1")]
    [InlineData("DELETE FROM audit")]
    [InlineData("DELETE FROM audit WHERE id = 1")]
    public async Task The_database_refuses_to_change_or_remove_a_line(string statement)
    {
        await fixture.AddPerson();
        var before = await fixture.Database.Read(scope => Store.AuditTable.Page(scope, null, long.MaxValue, 1000), fixture.Cancellation);
        before.ShouldNotBeEmpty();
        var refused = await Should.ThrowAsync<Exception>(() => fixture.Database.Write(async scope => { await scope.Execute(new Sql(statement)); }, fixture.Cancellation));
        refused.ToString().ShouldContain("append-only");
        (await fixture.Database.Read(scope => Store.AuditTable.Page(scope, null, long.MaxValue, 1000), fixture.Cancellation)).Take(before.Count).ShouldBe(before);
    }

    [Fact]
    public async Task Signing_in_failing_letting_in_and_administration_are_in_it_and_no_secret_is()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        await browser.SignIn(person.Address, "a wrong password");
        await browser.SignIn(person.Address, IdentityFixture.Password);
        var tokens = await (await OidcApplication.Register(browser, "Reader")).Tokens();
        var made = (await fixture.Get<AppPasswords>().Add(person.Address, "Phone", [], Actor.Operator, fixture.Cancellation)).Value!;
        await fixture.SignIn(person.Address, "another wrong password");
        await fixture.People.Disable(person.Address, Actor.Operator, fixture.Cancellation);

        var lines = await fixture.AuditOf(person.Address);
        (string Action, string Outcome, string Target)[] expected =
        [
            ("user.add", "done", person.Address),
            ("sign-in", "refused", person.Address),
            ("sign-in", "done", person.Address),
            ("authorize", "done", "Reader"),
            ("app-password.add", "done", person.Address),
            ("session.end", "done", person.Address),
            ("user.disable", "done", person.Address),
        ];
        foreach (var line in expected) lines.Select(row => (row.Action, row.Outcome, row.Target)).ShouldContain(line);
        lines.Single(row => row.Action == "user.disable").Actor.ShouldBe("operator");
        lines.First(row => row is { Action: "sign-in", Outcome: "done" }).Remote.ShouldNotBeNull();
        foreach (var secret in new[] { "a wrong password", "another wrong password", IdentityFixture.Password, made.Secret, tokens.Text("access_token")!, tokens.Text("refresh_token")! })
            lines.ShouldAllBe(row => !row.ToString().Contains(secret));
    }
}

public sealed class AuditOnSqlite(IdentityOnSqlite fixture) : AuditContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class AuditOnPostgres(IdentityOnPostgres fixture) : AuditContract(fixture), IClassFixture<IdentityOnPostgres>
{
    readonly IdentityFixture _fixture = fixture;

    [Fact]
    public async Task The_database_refuses_to_empty_it() => (await Should.ThrowAsync<Exception>(
        () => _fixture.Database.Write(async scope => { await scope.Execute(new Sql("TRUNCATE audit")); }, _fixture.Cancellation))).ToString().ShouldContain("append-only");
}
