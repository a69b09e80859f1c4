using System.Net;
using Bastide.Abstractions.Identity;
using Bastide.Identity.Store;
using Bastide.Identity.Tests.Oidc;
using Bastide.Platform.Db;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Identity.Tests.Credentials;

/// <summary>One table behind every protocol: what ends a session ends it everywhere, in requests that wait too.</summary>
public abstract class SessionContract(IdentityFixture fixture)
{
    static readonly IPAddress Remote = IPAddress.Parse("192.0.2.1");

    [Fact]
    public async Task A_session_that_is_ended_is_refused_and_what_waits_on_it_ends()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        var token = (await browser.Authorize(person.Address, IdentityFixture.Password)).Text("access_token")!;
        var session = SessionOf(token);
        var connection = fixture.Get<ISignIn>().Revoked(session);
        using var poll = await Poll(browser, token);
        connection.IsCancellationRequested.ShouldBeFalse();

        (await fixture.Get<Sessions>().End(person.Account, session, Actor.Operator, fixture.Cancellation)).ShouldBeTrue();

        (await browser.WithToken("/jmap/whoami", token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await EndOf(poll);
        await Wait.Until(() => connection.IsCancellationRequested, "the connection hears of it", fixture.Cancellation);
        // Whoever asks only now hears of it as well.
        await Wait.Until(() => fixture.Get<ISignIn>().Revoked(session).IsCancellationRequested, "a late question is answered", fixture.Cancellation);
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else()
    {
        var (person, other) = (await fixture.AddPerson(), await fixture.AddPerson());
        using var browser = fixture.NewBrowser();
        var token = (await browser.Authorize(person.Address, IdentityFixture.Password)).Text("access_token")!;
        (await fixture.Get<Sessions>().End(other.Account, SessionOf(token), Actor.Operator, fixture.Cancellation)).ShouldBeFalse();
        (await browser.WithToken("/jmap/whoami", token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_app_password_that_is_ended_is_refused_by_every_protocol()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        var made = (await fixture.Get<AppPasswords>().Add(person.Address, "Phone", [], Actor.Operator, fixture.Cancellation)).Value!;
        var caller = (await fixture.SignIn(person.Address, made.Secret)).ShouldNotBeNull();
        caller.Session.ShouldBe(made.Id);
        (await browser.WithPassword("/jmap/whoami", person.Address, made.Secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var connection = fixture.Get<ISignIn>().Revoked(made.Id);

        await fixture.Get<Sessions>().End(person.Account, made.Id, Actor.Operator, fixture.Cancellation);

        (await browser.WithPassword("/jmap/whoami", person.Address, made.Secret)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await fixture.SignIn(person.Address, made.Secret)).ShouldBeNull();
        await Wait.Until(() => connection.IsCancellationRequested, "the connection hears of it", fixture.Cancellation);
        (await fixture.SignIn(person.Address, IdentityFixture.Password)).ShouldNotBeNull("the password itself goes on");
    }

    [Fact]
    public async Task Who_signed_in_under_an_alias_that_is_taken_away_is_refused_at_once()
    {
        var person = await fixture.AddPerson();
        var alias = $"alias-{person.Account}@{fixture.Settings.Domain}";
        (await fixture.People.AddAlias(person.Address, alias, Actor.Operator, fixture.Cancellation)).ShouldBeNull();
        var secret = (await fixture.Get<AppPasswords>().Add(person.Address, "Phone", [], Actor.Operator, fixture.Cancellation)).Value!.Secret;
        (await fixture.SignIn(alias, secret)).ShouldNotBeNull();
        (await fixture.SignIn(alias, IdentityFixture.Password)).ShouldNotBeNull();

        (await fixture.People.RemoveAlias(alias, Actor.Operator, fixture.Cancellation)).ShouldBeNull();

        (await fixture.SignIn(alias, secret)).ShouldBeNull();
        (await fixture.SignIn(alias, IdentityFixture.Password)).ShouldBeNull();
        (await fixture.SignIn(person.Address, secret)).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_app_password_opens_its_apps_and_nothing_else()
    {
        var person = await fixture.AddPerson(isAdministrator: true);
        using var browser = fixture.NewBrowser();
        var files = (await fixture.Get<AppPasswords>().Add(person.Address, "Files", ["files"], Actor.Operator, fixture.Cancellation)).Value!.Secret;
        (await fixture.SignIn(person.Address, files, "imap")).ShouldBeNull();
        (await fixture.SignIn(person.Address, files, "dav")).ShouldNotBeNull().Scopes.ShouldBe(["files"]);
        var all = (await fixture.Get<AppPasswords>().Add(person.Address, "All", [], Actor.Operator, fixture.Cancellation)).Value!.Secret;
        (await fixture.SignIn(person.Address, all.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant())).ShouldNotBeNull("groups and capitals are for the eye");
        (await browser.WithPassword("/admin/api/domains", person.Address, all)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await fixture.Get<AppPasswords>().Add(person.Address, "Admin", ["admin"], Actor.Operator, fixture.Cancellation)).Refusal!.Kind.ShouldBe(RefusalKind.Invalid);
        using var page = await browser.SignIn(person.Address, all);
        page.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "an app password signs no browser in");
    }

    [Fact]
    public async Task A_changed_password_ends_other_sessions_and_keeps_this_browser_and_app_passwords()
    {
        var person = await fixture.AddPerson();
        using var here = fixture.NewBrowser();
        using var there = fixture.NewBrowser();
        var mine = (await here.Authorize(person.Address, IdentityFixture.Password)).Text("access_token")!;
        var other = (await there.Authorize(person.Address, IdentityFixture.Password)).Text("access_token")!;
        var app = (await (await OidcApplication.Register(here)).Tokens()).Text("access_token")!;
        var secret = (await fixture.Get<AppPasswords>().Add(person.Address, "Phone", [], Actor.Operator, fixture.Cancellation)).Value!.Secret;
        var mail = (await fixture.SignIn(person.Address, IdentityFixture.Password)).ShouldNotBeNull();
        var connection = fixture.Get<ISignIn>().Revoked(mail.Session);
        using var poll = await Poll(there, other);

        var page = await (await here.Get("/account/password")).Content.ReadAsStringAsync();
        using var changed = await here.Submit(page, "/account/password", ("current", IdentityFixture.Password), ("new", "a quite different phrase"), ("repeat", "a quite different phrase"));
        ((int)changed.StatusCode).ShouldBe(303, await changed.Content.ReadAsStringAsync());

        (await here.WithToken("/jmap/whoami", mine)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await there.WithToken("/jmap/whoami", other)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await here.WithToken("/jmap/whoami", app)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await EndOf(poll);
        await Wait.Until(() => connection.IsCancellationRequested, "the mail program's connection ends", fixture.Cancellation);
        (await fixture.SignIn(person.Address, IdentityFixture.Password)).ShouldBeNull();
        (await fixture.SignIn(person.Address, "a quite different phrase")).ShouldNotBeNull();
        (await fixture.SignIn(person.Address, secret)).ShouldNotBeNull();
        using var account = await there.Get("/account");
        account.Headers.Location!.ToString().ShouldStartWith("/signin");
    }

    [Fact]
    public async Task A_password_set_by_an_administrator_ends_every_session_and_keeps_app_passwords()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        var tokens = await browser.Authorize(person.Address, IdentityFixture.Password);
        var secret = (await fixture.Get<AppPasswords>().Add(person.Address, "Phone", [], Actor.Operator, fixture.Cancellation)).Value!.Secret;
        (await fixture.People.SetPassword(person.Address, "given by the administrator", Actor.Operator, fixture.Cancellation)).ShouldBeNull();
        (await browser.WithToken("/jmap/whoami", tokens.Text("access_token")!)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await OidcApplication.WebClient(browser).Refresh(tokens.Text("refresh_token")!)).Text("error").ShouldBe("invalid_grant");
        (await fixture.SignIn(person.Address, secret)).ShouldNotBeNull();
    }

    [Fact]
    public async Task However_many_sessions_there_are_all_of_them_end()
    {
        var person = await fixture.AddPerson();
        var now = fixture.Get<TimeProvider>().GetUtcNow();
        var ids = await fixture.Get<Database>().Write(async scope =>
        {
            var made = new List<long>();
            for (var i = 0; i < SessionTable.LargestPage + 200; i++)
                made.Add(await SessionTable.Add(scope, new Session(0, person.Account, SessionKind.Browser, "Browser", null, null, null, "", now, now, now, "")));
            return made;
        }, fixture.Cancellation);
        (await fixture.People.SetPassword(person.Address, "given by the administrator", Actor.Operator, fixture.Cancellation)).ShouldBeNull();
        (await fixture.Get<Database>().Read(scope => SessionTable.Of(scope, person.Account), fixture.Cancellation)).ShouldBeEmpty();
        (await fixture.Get<Database>().Read(scope => SessionTable.Live(scope, ids[0]), fixture.Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Beyond_the_most_a_person_may_have_the_session_that_was_not_used_for_longest_ends()
    {
        var person = await fixture.AddPerson();
        var secret = (await fixture.Get<AppPasswords>().Add(person.Address, "Phone", [], Actor.Operator, fixture.Cancellation)).Value!.Secret;
        using var browser = fixture.NewBrowser();
        var token = (await browser.Authorize(person.Address, IdentityFixture.Password)).Text("access_token")!;
        var sessions = fixture.Get<Sessions>();
        Task<long> Begin(int count) => fixture.Get<Database>().Write(async scope =>
        {
            var last = 0L;
            for (var i = 0; i < count; i++) last = await sessions.Begin(scope, person.Account, SessionKind.Browser, "Browser", [], null);
            return last;
        }, fixture.Cancellation);

        await Begin(Sessions.Most - 10);
        (await browser.WithToken("/jmap/whoami", token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Begin(20);
        (await browser.WithToken("/jmap/whoami", token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await fixture.SignIn(person.Address, secret)).ShouldNotBeNull();
        var open = await fixture.Get<Database>().Read(scope => SessionTable.Of(scope, person.Account), fixture.Cancellation);
        open.Count(session => session.Kind != SessionKind.AppPassword).ShouldBe(Sessions.Most);
    }

    [Fact]
    public async Task Somebody_disabled_is_refused_at_once_and_welcome_again_when_enabled()
    {
        var person = await fixture.AddPerson();
        using var browser = fixture.NewBrowser();
        var tokens = await browser.Authorize(person.Address, IdentityFixture.Password);
        var token = tokens.Text("access_token")!;
        var made = (await fixture.Get<AppPasswords>().Add(person.Address, "Phone", [], Actor.Operator, fixture.Cancellation)).Value!;
        (await fixture.SignIn(person.Address, made.Secret)).ShouldNotBeNull();
        var connection = fixture.Get<ISignIn>().Revoked(made.Id);
        using var poll = await Poll(browser, token);

        (await fixture.People.Disable(person.Address, Actor.Operator, fixture.Cancellation)).ShouldBeNull();

        (await browser.WithToken("/jmap/whoami", token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await OidcApplication.WebClient(browser).Refresh(tokens.Text("refresh_token")!)).Text("error").ShouldBe("invalid_grant");
        (await fixture.SignIn(person.Address, made.Secret)).ShouldBeNull();
        (await fixture.Get<ISignIn>().WithPassword(person.Address, IdentityFixture.Password, "imap", Remote, fixture.Cancellation)).Failure.ShouldBe(SignInFailure.Disabled);
        await EndOf(poll);
        await Wait.Until(() => connection.IsCancellationRequested, "the connection ends", fixture.Cancellation);

        (await fixture.People.Enable(person.Address, Actor.Operator, fixture.Cancellation)).ShouldBeNull();
        (await fixture.SignIn(person.Address, made.Secret)).ShouldNotBeNull();
        (await fixture.SignIn(person.Address, IdentityFixture.Password)).ShouldNotBeNull();
    }

    protected static long SessionOf(string token) => long.Parse(JsonAnswers.Claims(token).Text("sid")!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A request that waits; it has begun to answer.</summary>
    protected static async Task<StreamReader> Poll(Browser browser, string token)
    {
        var answer = await browser.WithToken("/jmap/wait", token, HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync()).ShouldBe("waiting");
        return reader;
    }

    protected static async Task EndOf(StreamReader poll) => (await Wait.For(poll.ReadLineAsync())).ShouldBe("revoked");
}

public sealed class SessionOnSqlite(IdentityOnSqlite fixture) : SessionContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class SessionOnPostgres(IdentityOnPostgres fixture) : SessionContract(fixture), IClassFixture<IdentityOnPostgres>
{
    readonly IdentityFixture _fixture = fixture;

    [Fact]
    public async Task What_one_node_revokes_the_other_refuses()
    {
        var (node, browser) = await _fixture.StartAnotherNode();
        await using (node)
        using (browser)
        using (var here = _fixture.NewBrowser())
        {
            var signIn = node.Services.GetRequiredService<ISignIn>();
            var person = await _fixture.AddPerson();
            var token = (await here.Authorize(person.Address, IdentityFixture.Password)).Text("access_token")!;
            var made = (await _fixture.Get<AppPasswords>().Add(person.Address, "Phone", [], Actor.Operator, _fixture.Cancellation)).Value!;
            // Everything is warm on the other node: it remembers the token, the session and the password.
            (await browser.WithToken("/jmap/whoami", token)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await browser.WithPassword("/jmap/whoami", person.Address, made.Secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await browser.WithPassword("/jmap/whoami", person.Address, IdentityFixture.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
            using var poll = await Poll(browser, token);
            var connection = signIn.Revoked(made.Id);

            await _fixture.Get<Sessions>().End(person.Account, SessionOf(token), Actor.Operator, _fixture.Cancellation);
            await EndOf(poll);
            (await browser.WithToken("/jmap/whoami", token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

            await _fixture.Get<Sessions>().End(person.Account, made.Id, Actor.Operator, _fixture.Cancellation);
            await Wait.Until(() => connection.IsCancellationRequested, "the other node's connection ends", _fixture.Cancellation);
            (await browser.WithPassword("/jmap/whoami", person.Address, made.Secret)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

            await _fixture.People.SetPassword(person.Address, "given by the administrator", Actor.Operator, _fixture.Cancellation);
            await Wait.Until(
                async () => (await browser.WithPassword("/jmap/whoami", person.Address, IdentityFixture.Password)).StatusCode == HttpStatusCode.Unauthorized,
                "the other node forgets the old password",
                _fixture.Cancellation);
            (await browser.WithPassword("/jmap/whoami", person.Address, "given by the administrator")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_node_that_cannot_hear_of_revocations_trusts_nothing_it_remembers()
    {
        var (node, browser) = await _fixture.StartAnotherNode();
        await using (node)
        using (browser)
        {
            var watch = node.Services.GetRequiredService<SessionWatch>();
            await Wait.Until(() => watch.IsFollowing, "the node follows", _fixture.Cancellation);
            await watch.StopAsync(_fixture.Cancellation);
            await Wait.Until(() => !watch.IsFollowing, "what it remembers is too old", _fixture.Cancellation);
            var person = await _fixture.AddPerson();
            var made = (await _fixture.Get<AppPasswords>().Add(person.Address, "Phone", [], Actor.Operator, _fixture.Cancellation)).Value!;
            (await browser.WithPassword("/jmap/whoami", person.Address, made.Secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
            await _fixture.Get<Sessions>().End(person.Account, made.Id, Actor.Operator, _fixture.Cancellation);
            (await browser.WithPassword("/jmap/whoami", person.Address, made.Secret)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }
}
