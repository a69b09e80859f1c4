using System.Net;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Identity.Tests.Oidc;

public abstract class HousekeepingContract(IdentityFixture fixture)
{
    static readonly Sql CountTokens = new("SELECT COUNT(*) FROM oidc_tokens WHERE subject = $1");
    static readonly Sql CountAuthorizations = new("SELECT COUNT(*) FROM oidc_authorizations WHERE subject = $1");
    static readonly Sql CountApplications = new("SELECT COUNT(*) FROM oidc_applications WHERE client_id = $1");

    [Fact]
    public async Task What_nobody_uses_ends_and_is_forgotten_and_app_passwords_stay()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        await browser.SignIn(person.Address, IdentityFixture.Password);
        var used = await OidcApplication.Register(browser);
        var unused = await OidcApplication.Register(browser);
        var tokens = await used.Tokens();
        var made = (await fixture.Get<AppPasswords>().Add(person.Address, "Phone", [], Actor.Operator, fixture.Cancellation)).Value!;
        await fixture.SignIn(person.Address, IdentityFixture.Password);

        fixture.Time.Advance(TimeSpan.FromDays(2));
        await Run();
        (await Count(CountApplications, unused.ClientId)).ShouldBe(0);
        (await Count(CountApplications, used.ClientId)).ShouldBe(1);
        (await used.Refresh(tokens.Text("refresh_token")!)).Status().ShouldBe(200);
        (await fixture.Get<Sessions>().Of(person.Account, fixture.Cancellation)).Count.ShouldBe(4);

        fixture.Time.Advance(TimeSpan.FromDays(40));
        await Run();
        (await fixture.Get<Sessions>().Of(person.Account, fixture.Cancellation)).Single().Id.ShouldBe(made.Id);
        (await Count(CountTokens, person.Account.ToString())).ShouldBe(0);
        (await Count(CountAuthorizations, person.Account.ToString())).ShouldBe(0);
        (await Count(CountApplications, used.ClientId)).ShouldBe(1, "it was used, and may be again");
        (await fixture.SignIn(person.Address, made.Secret)).ShouldNotBeNull();
        (await browser.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    async Task Run()
    {
        await fixture.Get<SessionWatch>().WriteSeen(fixture.Cancellation);
        var now = fixture.Time.GetUtcNow();
        var handler = fixture.Services.GetServices<IJobHandler>().Single(job => job.Kind == "identity-housekeeping");
        (await handler.Run(new Job(1, handler.Kind, null, "{}", 1, now, now, null), fixture.Cancellation)).ShouldBe(JobResult.Done);
    }

    async Task<long?> Count(Sql sql, string value) => await fixture.Database.Read(scope => scope.Long(sql, value), fixture.Cancellation);
}

public sealed class HousekeepingOnSqlite(IdentityOnSqlite fixture) : HousekeepingContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class HousekeepingOnPostgres(IdentityOnPostgres fixture) : HousekeepingContract(fixture), IClassFixture<IdentityOnPostgres>;
