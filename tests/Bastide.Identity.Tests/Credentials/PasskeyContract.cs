using System.Net;
using System.Text.Json.Nodes;
using Bastide.Identity.Store;

namespace Bastide.Identity.Tests.Credentials;

public abstract class PasskeyContract(IdentityFixture fixture)
{
    static int _browsers;

    string Origin => fixture.Url.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task A_passkey_is_made_signs_in_without_a_password_and_can_be_removed()
    {
        var person = await fixture.AddPerson();
        using var authenticator = new Authenticator(Origin);
        using var browser = NewBrowser();
        await Register(browser, person, authenticator);

        using var fresh = NewBrowser();
        using var signedIn = await SignIn(fresh, authenticator);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await signedIn.Content.ReadAsStringAsync());
        (await fresh.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var lines = await fixture.AuditOf(person.Address);
        lines.ShouldContain(row => row.Action == "passkey.add");
        lines.ShouldContain(row => row.Action == "sign-in" && row.Detail == "web passkey");

        using var removed = await browser.Submit(await Page(browser, "/account/passkeys"), "/account/passkeys/remove");
        removed.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var stranger = NewBrowser();
        using var refused = await SignIn(stranger, authenticator);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_passkey_goes_with_a_reset_by_an_administrator_of_the_password_or_the_second_factor()
    {
        foreach (var reset in new Func<Person, Task<Refusal?>>[]
        {
            person => fixture.People.SetPassword(person.Address, "given by the administrator", Actor.Operator, fixture.Cancellation),
            person => fixture.People.RemoveSecondFactor(person.Address, Actor.Operator, fixture.Cancellation),
        })
        {
            var person = await fixture.AddPerson();
            using var authenticator = new Authenticator(Origin);
            using var browser = NewBrowser();
            await Register(browser, person, authenticator);
            (await reset(person)).ShouldBeNull();
            using var refused = await SignIn(NewBrowser(), authenticator);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await fixture.AuditOf(person.Address)).ShouldContain(row => row.Action == "passkey.remove");
        }
    }

    [Fact]
    public async Task Who_changes_their_password_keeps_their_passkeys_unless_they_say_otherwise()
    {
        var person = await fixture.AddPerson();
        using var authenticator = new Authenticator(Origin);
        using var browser = NewBrowser();
        await Register(browser, person, authenticator);
        foreach (var (current, next, removes) in new[] { (IdentityFixture.Password, "a quite different phrase", false), ("a quite different phrase", "another different phrase", true) })
        {
            (string, string)[] fields = [("current", current), ("new", next), ("repeat", next)];
            using var changed = await browser.Submit(await Page(browser, "/account/password"), "/account/password", removes ? [.. fields, ("passkeys", "remove")] : fields);
            changed.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
            using var answer = await SignIn(NewBrowser(), authenticator);
            answer.StatusCode.ShouldBe(removes ? HttpStatusCode.Unauthorized : HttpStatusCode.SeeOther);
        }
    }

    [Fact]
    public async Task A_passkey_of_another_site_or_key_or_without_finger_or_PIN_is_refused()
    {
        var person = await fixture.AddPerson();
        using var authenticator = new Authenticator(Origin);
        using var browser = NewBrowser();
        await Register(browser, person, authenticator);

        using var unknown = new Authenticator(Origin);
        using var elsewhere = new Authenticator("https://thief.example");
        foreach (var wrong in new[] { unknown, elsewhere })
        {
            using var refused = await SignIn(NewBrowser(), wrong);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        authenticator.VerifiesUser = false;
        using var unverified = await SignIn(NewBrowser(), authenticator);
        unverified.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_answer_to_another_question_is_refused()
    {
        var person = await fixture.AddPerson();
        using var authenticator = new Authenticator(Origin);
        using var browser = NewBrowser();
        await Register(browser, person, authenticator);

        using var thief = NewBrowser();
        var (first, _) = await Options(thief, "/signin/passkey/options");
        var (_, second) = await Options(thief, "/signin/passkey/options");
        using var crossed = await thief.Submit(await Page(thief, "/signin"), "/signin/passkey", ("credential", authenticator.Get(first)), ("state", second));
        crossed.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_answer_works_once()
    {
        var person = await fixture.AddPerson();
        using var authenticator = new Authenticator(Origin);
        using var browser = NewBrowser();
        await Register(browser, person, authenticator);

        using var first = NewBrowser();
        var (options, state) = await Options(first, "/signin/passkey/options");
        var answer = authenticator.Get(options);
        using var right = await first.Submit(await Page(first, "/signin"), "/signin/passkey", ("credential", answer), ("state", state));
        right.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var second = NewBrowser();
        using var replayed = await second.Submit(await Page(second, "/signin"), "/signin/passkey", ("credential", answer), ("state", state));
        replayed.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Wrong_passkeys_of_an_address_wait_and_are_not_written_to_the_log_without_end()
    {
        using var unknown = new Authenticator(Origin);
        Task<HttpResponseMessage> Try(string remote) => SignIn(NewBrowser(remote), unknown);
        for (var i = 0; i < 5; i++) (await Try("127.0.6.200")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var before = (await fixture.AuditOf("unknown")).Count;
        using var refused = await Try("127.0.6.200");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        (await fixture.AuditOf("unknown")).Count.ShouldBe(before);
        (await Try("127.0.6.201")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        // Whoever shares the address and has the right one is let in all the same.
        var person = await fixture.AddPerson();
        using var right = new Authenticator(Origin);
        await Register(NewBrowser(), person, right);
        (await SignIn(NewBrowser("127.0.6.200"), right)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Somebody_disabled_is_not_let_in_by_a_passkey()
    {
        var person = await fixture.AddPerson();
        using var authenticator = new Authenticator(Origin);
        using var browser = NewBrowser();
        await Register(browser, person, authenticator);
        await fixture.People.Disable(person.Address, Actor.Operator, fixture.Cancellation);
        using var refused = await SignIn(NewBrowser(), authenticator);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await fixture.AuditOf(person.Address)).ShouldContain(row => row.Action == "sign-in" && row.Outcome == "refused");
    }

    // Each from an address of its own: wrong answers are counted by address.
    Browser NewBrowser(string? remote = null)
    {
        var browser = fixture.NewBrowser();
        browser.Http.DefaultRequestHeaders.Add("X-Test-Remote", remote ?? $"127.0.6.{Interlocked.Increment(ref _browsers)}");
        return browser;
    }

    async Task Register(Browser browser, Person person, Authenticator authenticator)
    {
        await browser.SignIn(person.Address, IdentityFixture.Password);
        var page = await Page(browser, "/account/passkeys");
        using var asked = await browser.Submit(page.Replace("action=\"/account/passkeys/add\"", "action=\"/account/passkeys/options\"", StringComparison.Ordinal), "/account/passkeys/options");
        asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (options, state) = Read(await asked.Content.ReadAsStringAsync());
        ((string?)options["authenticatorSelection"]!["userVerification"]).ShouldBe("required");
        using var added = await browser.Submit(page, "/account/passkeys/add", ("credential", authenticator.Create(options)), ("state", state), ("name", "My key"));
        added.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await added.Content.ReadAsStringAsync());
        (await fixture.Database.Read(scope => PasskeyTable.Of(scope, person.Account), fixture.Cancellation)).Single().Passkey.Name.ShouldBe("My key");
    }

    static async Task<HttpResponseMessage> SignIn(Browser browser, Authenticator authenticator)
    {
        var (options, state) = await Options(browser, "/signin/passkey/options");
        return await browser.Submit(await Page(browser, "/signin"), "/signin/passkey", ("credential", authenticator.Get(options)), ("state", state));
    }

    static async Task<(JsonNode Options, string State)> Options(Browser browser, string path)
    {
        using var answer = await browser.Http.PostAsync(path, new FormUrlEncodedContent([]));
        return Read(await answer.Content.ReadAsStringAsync());
    }

    static (JsonNode Options, string State) Read(string json)
    {
        var answer = JsonNode.Parse(json)!;
        return (answer["options"]!, (string)answer["state"]!);
    }

    static async Task<string> Page(Browser browser, string path) => await (await browser.Get(path)).Content.ReadAsStringAsync();
}

public sealed class PasskeyOnSqlite(IdentityOnSqlite fixture) : PasskeyContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class PasskeyOnPostgres(IdentityOnPostgres fixture) : PasskeyContract(fixture), IClassFixture<IdentityOnPostgres>;
