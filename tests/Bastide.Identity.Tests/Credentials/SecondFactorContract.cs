using System.Net;
using System.Text.RegularExpressions;
using Bastide.Abstractions.Identity;
using Bastide.Identity.Credentials;

namespace Bastide.Identity.Tests.Credentials;

public abstract partial class SecondFactorContract(IdentityFixture fixture)
{
    [Fact]
    public async Task A_code_is_asked_for_after_the_password_and_works_once()
    {
        var (person, key, _) = await WithSecondFactor();
        using var browser = fixture.NewBrowser();
        var asked = await CodePage(browser, person);
        (await browser.Get("/account")).Headers.Location!.ToString().ShouldStartWith("/signin");
        var code = Totp.Code(key, fixture.Time.GetUtcNow());
        using var right = await browser.Submit(asked, "/signin/code", ("code", code));
        right.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var thief = fixture.NewBrowser();
        using var replayed = await thief.Submit(await CodePage(thief, person), "/signin/code", ("code", code));
        replayed.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        fixture.Time.Advance(TimeSpan.FromSeconds(60));
        using var next = await thief.Submit(await CodePage(thief, person), "/signin/code", ("code", Totp.Code(key, fixture.Time.GetUtcNow())));
        next.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_recovery_code_works_once()
    {
        var (person, _, codes) = await WithSecondFactor();
        codes.Distinct().Count().ShouldBe(10);
        using var browser = fixture.NewBrowser();
        using var first = await browser.Submit(await CodePage(browser, person), "/signin/code", ("code", codes[3].ToUpperInvariant()));
        first.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var other = fixture.NewBrowser();
        using var again = await other.Submit(await CodePage(other, person), "/signin/code", ("code", codes[3]));
        again.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await fixture.AuditOf(person.Address)).ShouldContain(row => row.Action == "sign-in" && row.Detail!.Contains("recovery code"));
    }

    [Fact]
    public async Task Wrong_codes_wait_like_wrong_passwords()
    {
        var (person, key, _) = await WithSecondFactor();
        using var browser = fixture.NewBrowser();
        var page = await CodePage(browser, person);
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await browser.Submit(page, "/signin/code", ("code", "000000"));
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var refused = await browser.Submit(page, "/signin/code", ("code", Totp.Code(key, fixture.Time.GetUtcNow())));
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Wrong_codes_are_counted_for_the_account_whatever_the_address_and_no_password_forgets_them()
    {
        var (person, key, _) = await WithSecondFactor();
        async Task<HttpStatusCode> Try(string remote, string code)
        {
            using var browser = fixture.NewBrowser();
            browser.Http.DefaultRequestHeaders.Add("X-Test-Remote", remote);
            using var answer = await browser.Submit(await CodePage(browser, person), "/signin/code", ("code", code));
            return answer.StatusCode;
        }

        for (var i = 0; i < 5; i++) (await Try($"127.0.5.{100 + i}", "000000")).ShouldBe(HttpStatusCode.Unauthorized);
        (await Try("127.0.5.110", Totp.Code(key, fixture.Time.GetUtcNow()))).ShouldBe(HttpStatusCode.TooManyRequests);
        fixture.Time.Advance(TimeSpan.FromSeconds(31));
        (await Try("127.0.5.111", "000000")).ShouldBe(HttpStatusCode.Unauthorized);
        fixture.Time.Advance(TimeSpan.FromSeconds(31));
        (await Try("127.0.5.112", Totp.Code(key, fixture.Time.GetUtcNow()))).ShouldBe(HttpStatusCode.TooManyRequests, "the wait grows");
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        (await Try("127.0.5.113", Totp.Code(key, fixture.Time.GetUtcNow()))).ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task The_password_alone_opens_no_protocol_any_more_and_an_app_password_does()
    {
        var (person, _, _) = await WithSecondFactor();
        (await fixture.SignIn(person.Address, IdentityFixture.Password)).ShouldBeNull();
        var made = (await fixture.Get<AppPasswords>().Add(person.Address, "Mail", [], Actor.Operator, fixture.Cancellation)).Value!;
        (await fixture.SignIn(person.Address, made.Secret)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Turning_it_on_ends_the_sessions_of_the_bare_password()
    {
        var person = await fixture.AddPerson();
        var mail = (await fixture.SignIn(person.Address, IdentityFixture.Password)).ShouldNotBeNull();
        var connection = fixture.Get<ISignIn>().Revoked(mail.Session);
        await TurnOn(person);
        await Wait.Until(() => connection.IsCancellationRequested, "the mail program's connection ends", fixture.Cancellation);
        (await fixture.SignIn(person.Address, IdentityFixture.Password)).ShouldBeNull();
    }

    async Task<(Person Person, byte[] Key, IReadOnlyList<string> Codes)> WithSecondFactor()
    {
        var person = await fixture.AddPerson();
        var (key, codes) = await TurnOn(person);
        return (person, key, codes);
    }

    async Task<(byte[] Key, IReadOnlyList<string> Codes)> TurnOn(Person person)
    {
        var key = Totp.NewKey();
        return (key, await fixture.Get<SecondFactor>().TurnOn(person.Account, key, Actor.Self(person.Account, person.Address, IPAddress.Loopback), 0, fixture.Cancellation));
    }

    async Task<string> CodePage(Browser browser, Person person)
    {
        using var answer = await browser.SignIn(person.Address, IdentityFixture.Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.Content.ReadAsStringAsync();
        Pending().IsMatch(page).ShouldBeTrue();
        return page;
    }

    [GeneratedRegex("name=\"pending\"")]
    private static partial Regex Pending();
}

public sealed class SecondFactorOnSqlite(IdentityOnSqlite fixture) : SecondFactorContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class SecondFactorOnPostgres(IdentityOnPostgres fixture) : SecondFactorContract(fixture), IClassFixture<IdentityOnPostgres>;
