using System.Net;
using Bastide.Abstractions.Identity;
using Bastide.Identity.Credentials;
using Bastide.Identity.Store;

namespace Bastide.Identity.Tests.Credentials;

/// <summary>Wrong passwords: they wait longer and longer, and nobody can shut the owner out. Each test has addresses of its own.</summary>
public abstract class ThrottleContract(IdentityFixture fixture)
{
    const string Wrong = "not the password";

    [Fact]
    public async Task Wrong_passwords_wait_longer_each_time_and_the_right_one_waits_with_them()
    {
        var person = await fixture.AddPerson();
        for (var i = 0; i < 5; i++) (await Try(person.Address, Wrong, "192.0.2.10")).Failure.ShouldBe(SignInFailure.Invalid);
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 4; i++)
        {
            var refused = await Try(person.Address, IdentityFixture.Password, "192.0.2.10");
            refused.Failure.ShouldBe(SignInFailure.TooMany);
            waits.Add(refused.RetryAfter);
            fixture.Time.Advance(refused.RetryAfter + TimeSpan.FromSeconds(1));
            (await Try(person.Address, Wrong, "192.0.2.10")).Failure.ShouldBe(SignInFailure.Invalid);
        }

        for (var i = 1; i < waits.Count; i++) waits[i].ShouldBeGreaterThan(waits[i - 1]);
        fixture.Time.Advance(TimeSpan.FromMinutes(15));
        (await Try(person.Address, IdentityFixture.Password, "192.0.2.10")).Failure.ShouldBe(SignInFailure.None);
        (await Try(person.Address, Wrong, "192.0.2.10")).Failure.ShouldBe(SignInFailure.Invalid, "the right password begins the count anew");
    }

    [Fact]
    public async Task A_stranger_does_not_shut_the_owner_out()
    {
        var person = await fixture.AddPerson();
        for (var i = 0; i < 6; i++) await Try(person.Address, Wrong, "192.0.2.20");
        (await Try(person.Address, IdentityFixture.Password, "192.0.2.20")).Failure.ShouldBe(SignInFailure.TooMany);
        (await Try(person.Address, IdentityFixture.Password, "192.0.2.21")).Failure.ShouldBe(SignInFailure.None);
    }

    [Fact]
    public async Task A_neighbour_behind_the_same_address_does_not_shut_out_a_browser_the_account_knows()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        browser.Http.DefaultRequestHeaders.Add("X-Test-Remote", "127.0.5.25");
        (await browser.SignIn(person.Address, IdentityFixture.Password)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        for (var i = 0; i < 8; i++) await Try(person.Address, Wrong, "127.0.5.25");
        (await Try(person.Address, IdentityFixture.Password, "127.0.5.25")).Failure.ShouldBe(SignInFailure.TooMany);
        (await browser.SignIn(person.Address, IdentityFixture.Password, path: "/signin?again")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var page = await browser.Get("/account/password");
        using var changed = await browser.Submit(await page.Content.ReadAsStringAsync(), "/account/password", ("current", IdentityFixture.Password), ("new", IdentityFixture.Password + " anew"), ("repeat", IdentityFixture.Password + " anew"));
        changed.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        // Its own slips wait as everyone's do.
        for (var i = 0; i < 5; i++) (await browser.SignIn(person.Address, Wrong, path: "/signin?again")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.SignIn(person.Address, IdentityFixture.Password + " anew", path: "/signin?again")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_flood_from_many_addresses_leaves_the_owner_an_attempt_from_anywhere_and_their_own_places_all_of_them()
    {
        var person = await fixture.AddPerson();
        (await Try(person.Address, IdentityFixture.Password, "192.0.2.30")).Failure.ShouldBe(SignInFailure.None);
        for (var i = 0; i < 30; i++) await Try(person.Address, Wrong, $"198.51.100.{i + 1}");

        // The flood is held to one attempt an address.
        (await Try(person.Address, Wrong, "198.51.100.1")).Failure.ShouldBe(SignInFailure.TooMany);
        // A place the owner never was: one attempt, and it is enough.
        (await Try(person.Address, IdentityFixture.Password, "192.0.2.31")).Failure.ShouldBe(SignInFailure.None);
        // A place the owner is known at: slips are forgiven as ever.
        for (var i = 0; i < 4; i++) (await Try(person.Address, $"{Wrong} {i}", "192.0.2.30")).Failure.ShouldBe(SignInFailure.Invalid);
        (await Try(person.Address, IdentityFixture.Password, "192.0.2.30")).Failure.ShouldBe(SignInFailure.None);
    }

    [Fact]
    public async Task An_address_that_tries_many_people_waits_for_all_of_them()
    {
        for (var i = 0; i < 31; i++) await Try($"nobody{i}@{TestSettings.Domain}", Wrong, "192.0.2.40");
        var person = await fixture.AddPerson();
        (await Try(person.Address, IdentityFixture.Password, "192.0.2.40")).Failure.ShouldBe(SignInFailure.TooMany);
        (await Try(person.Address, IdentityFixture.Password, "192.0.2.41")).Failure.ShouldBe(SignInFailure.None);
    }

    [Fact]
    public async Task An_IPv6_address_counts_with_its_network()
    {
        var person = await fixture.AddPerson();
        for (var i = 0; i < 5; i++) await Try(person.Address, Wrong, $"2001:db8:1:1::{i + 1}");
        (await Try(person.Address, IdentityFixture.Password, "2001:db8:1:1::99")).Failure.ShouldBe(SignInFailure.TooMany);
        (await Try(person.Address, IdentityFixture.Password, "2001:db8:1:2::1")).Failure.ShouldBe(SignInFailure.None);
    }

    [Fact]
    public async Task Somebody_who_does_not_exist_is_refused_in_the_same_way_at_the_same_pace()
    {
        var person = await fixture.AddPerson();
        var known = new List<(SignInFailure, TimeSpan)>();
        var unknown = new List<(SignInFailure, TimeSpan)>();
        for (var i = 0; i < 7; i++)
        {
            known.Add(Rounded(await Try(person.Address, Wrong, "192.0.2.50")));
            unknown.Add(Rounded(await Try("nobody.at.all@" + TestSettings.Domain, Wrong, "192.0.2.51")));
        }

        known.ShouldBe(unknown);
        known.ShouldContain(answer => answer.Item1 == SignInFailure.TooMany);
        using var browser = fixture.NewBrowser();
        using var one = await browser.SignIn(person.Address, Wrong);
        using var other = await browser.SignIn("nobody.at.all@" + TestSettings.Domain, Wrong);
        (one.StatusCode, other.StatusCode).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized));
        Alert(await one.Content.ReadAsStringAsync()).ShouldBe(Alert(await other.Content.ReadAsStringAsync()));

        static (SignInFailure, TimeSpan) Rounded(SignInResult result) => (result.Failure, TimeSpan.FromSeconds(Math.Ceiling(result.RetryAfter.TotalSeconds / 2)));
        static string Alert(string page) => System.Text.RegularExpressions.Regex.Match(page, "role=\"alert\">([^<]+)<").Groups[1].Value;
    }

    [Fact]
    public async Task Two_spellings_of_a_name_that_does_not_exist_are_counted_as_one()
    {
        for (var i = 0; i < 5; i++) await Try(i % 2 == 0 ? "nobody.here" : $"Nobody.Here@{TestSettings.Domain.ToUpperInvariant()}", Wrong, "192.0.2.60");
        (await Try("nobody.here", Wrong, "192.0.2.60")).Failure.ShouldBe(SignInFailure.TooMany);
    }

    [Fact]
    public async Task HTTP_says_when_to_come_back()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        browser.Http.DefaultRequestHeaders.Add("X-Test-Remote", "127.0.0.61");
        for (var i = 0; i < 5; i++) (await browser.WithPassword("/jmap/whoami", person.Address, Wrong)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var refused = await browser.WithPassword("/jmap/whoami", person.Address, Wrong);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_password_kept_at_a_lower_cost_is_kept_at_todays_after_the_next_sign_in()
    {
        var person = await fixture.AddPerson();
        await fixture.Database.Write(scope => PersonTable.SetPassword(scope, person.Account, PasswordHashTests.Weak(IdentityFixture.Password), People.NewStamp(), fixture.Time.GetUtcNow()), fixture.Cancellation);
        (await fixture.SignIn(person.Address, IdentityFixture.Password, remote: "192.0.2.70")).ShouldNotBeNull();
        var kept = await fixture.Database.Read(scope => PersonTable.Credentials(scope, person.Account), fixture.Cancellation);
        kept!.PasswordHash!.ShouldStartWith("$argon2id$v=19$m=19456,t=2,p=1$");
        (await fixture.Get<PasswordHash>().Verify(IdentityFixture.Password, kept.PasswordHash, fixture.Cancellation)).ShouldBe(PasswordVerdict.Right);
    }

    ValueTask<SignInResult> Try(string user, string password, string remote) =>
        fixture.Get<ISignIn>().WithPassword(user, password, "imap", IPAddress.Parse(remote), fixture.Cancellation);
}

public sealed class ThrottleOnSqlite(IdentityOnSqlite fixture) : ThrottleContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class ThrottleOnPostgres(IdentityOnPostgres fixture) : ThrottleContract(fixture), IClassFixture<IdentityOnPostgres>;
