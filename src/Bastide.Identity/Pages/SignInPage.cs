using System.Net;
using Bastide.Abstractions.Identity;
using Bastide.Identity.Credentials;
using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Bastide.Platform.Limits;
using Bastide.Platform.Settings;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Pages;

/// <summary>
/// <c>/signin</c>: address and password, then the code where a second factor is set up; or a passkey, which is both at
/// once. Ends in a browser session and goes on to where the person wanted to be.
/// </summary>
sealed class SignInPage(
    Database database,
    Domains domains,
    BrowserSessions browser,
    PasswordCheck check,
    Limiter limiter,
    SecondFactor secondFactor,
    Passkeys passkeys,
    PendingSignIn pending,
    Sessions sessions,
    SessionWatch watch,
    BastideSettings settings,
    TimeProvider time,
    Audit audit)
{
    /// <summary>Set by the authorization endpoint when the person must prove again who they are.</summary>
    public const string Again = "again";

    const string Protocol = "web";
    static readonly RateLimit WrongPasskeys = new("wrong-passkeys", 5, 1 / 30.0);

    public async Task<IResult> Show(HttpContext context)
    {
        var texts = Texts.For(context);
        if (!PlaintextRule.Allows(context, settings)) return Page.Message(context, texts.PlaintextTitle, texts.PlaintextText, StatusCodes.Status403Forbidden);
        var session = await browser.Current(context);
        if (session is not null && !IsAgain(context)) return Results.LocalRedirect(Return(context));
        return await Form(context, session?.Address ?? context.Request.Query["login_hint"].ToString(), null);
    }

    public async Task<IResult> Post(HttpContext context)
    {
        var texts = Texts.For(context);
        if (!PlaintextRule.Allows(context, settings)) return Page.Message(context, texts.PlaintextTitle, texts.PlaintextText, StatusCodes.Status403Forbidden);
        if (await Page.Form(context) is not { } form) return Page.Stale(context);
        var user = form["user"].ToString();
        var password = form["password"].ToString();
        if (user.Length is 0 or > 400 || password.Length is 0 or > Passwords.Longest) return await Form(context, user, texts.WrongPassword, StatusCodes.Status401Unauthorized);

        var person = await check.Find(user, context.RequestAborted);
        var outcome = await check.Run(user, person, password, Protocol, Remote(context), browser.Device(context), context.RequestAborted);
        switch (outcome.Failure)
        {
            case SignInFailure.TooMany:
                return await TooMany(context, user, outcome.RetryAfter);
            case SignInFailure.Disabled:
                return await Form(context, user, texts.AccountDisabled, StatusCodes.Status403Forbidden);
            case not SignInFailure.None:
                return await Form(context, user, texts.WrongPassword, StatusCodes.Status401Unauthorized);
        }

        return outcome.Person!.HasSecondFactor
            ? await CodeForm(context, pending.Make(outcome.Person), null)
            : await Complete(context, outcome.Person, "password");
    }

    /// <summary>The second factor: a code of the app or a recovery code.</summary>
    public async Task<IResult> PostCode(HttpContext context)
    {
        var texts = Texts.For(context);
        if (await Page.Form(context) is not { } form) return Page.Stale(context);
        var ticket = form["pending"].ToString();
        if (await pending.Read(ticket, context.RequestAborted) is not { } person) return Results.LocalRedirect("/signin" + context.Request.QueryString);
        var verdict = await secondFactor.Check(person, form["code"].ToString(), Remote(context), browser.Device(context), context.RequestAborted);
        if (verdict.Failure == SignInFailure.TooMany) return await CodeForm(context, ticket, texts.TooMany(verdict.RetryAfter), StatusCodes.Status429TooManyRequests);
        if (verdict.Failure != SignInFailure.None) return await CodeForm(context, ticket, texts.WrongCode, StatusCodes.Status401Unauthorized);
        return await Complete(context, person, verdict.Method!);
    }

    /// <summary>What the browser asks the authenticator for.</summary>
    public Task<IResult> PasskeyOptions(HttpContext context) => passkeys.RequestOptions(context);

    public async Task<IResult> PostPasskey(HttpContext context)
    {
        var texts = Texts.For(context);
        if (await Page.Form(context) is not { } form) return Page.Stale(context);
        var person = await passkeys.Assert(context, form["credential"].ToString(), form["state"].ToString());
        if (person is null || person.IsDisabled)
        {
            // Nobody guesses a passkey: a right one is let in whatever others at the address did. Bounded is what is written.
            if (!limiter.TryTake(WrongPasskeys, Limiter.KeyOf(Remote(context)), out var retryAfter)) return await TooMany(context, "", retryAfter);
            await check.Note(person?.Address ?? "unknown", person, Remote(context), $"{Protocol} passkey", context.RequestAborted);
        }

        if (person is null) return await Form(context, "", texts.WrongPasskey, StatusCodes.Status401Unauthorized, offersPasskey: false);
        if (person.IsDisabled) return await Form(context, person.Address, texts.AccountDisabled, StatusCodes.Status403Forbidden);
        return await Complete(context, person, "passkey");
    }

    static bool IsAgain(HttpContext context) => context.Request.Query.ContainsKey(Again);

    static string Return(HttpContext context) => ReturnAddress.Of(context.Request.Query[ReturnAddress.Parameter]);

    static IPAddress Remote(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.Loopback;

    async Task<IResult> Complete(HttpContext context, PersonCredentials person, string method)
    {
        var before = await browser.Current(context);
        var device = browser.KeepDevice(context);
        var remote = Remote(context);
        var now = time.GetUtcNow();
        var id = await database.Write(async scope =>
        {
            await DeviceTable.Remember(scope, PasswordCheck.DeviceHash(device), person.Account, now);
            long session;
            if (before?.Account == person.Account)
            {
                session = before.Id;
                await SessionTable.Authenticated(scope, session, now);
                scope.AfterCommit(() => watch.Renew(session));
            }
            else
            {
                session = await sessions.Begin(scope, person.Account, SessionKind.Browser, UserAgent.NameOf(context.Request.Headers.UserAgent.ToString()), ["account"], remote);
            }

            await audit.Write(scope, "sign-in", Actor.Self(person.Account, person.Address, remote), person.Address, People.DomainOf(person.Address), $"{Protocol} {method}", session: session);
            return session;
        }, context.RequestAborted);
        // Somebody else's session of this browser ends: one person, one browser.
        if (before is not null && before.Account != person.Account)
            await sessions.End(before.Account, before.Id, Actor.Self(before.Account, before.Address, remote), context.RequestAborted);
        browser.Begin(context, id);
        return SeeOther(context, Return(context));
    }

    Task<IResult> TooMany(HttpContext context, string user, TimeSpan retryAfter)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Form(context, user, Texts.For(context).TooMany(retryAfter), StatusCodes.Status429TooManyRequests, offersPasskey: false);
    }

    static IResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    async Task<IResult> Form(HttpContext context, string user, string? alert, int status = StatusCodes.Status200OK, bool offersPasskey = true)
    {
        var texts = Texts.For(context);
        var query = context.Request.QueryString.ToString();
        var formAction = await ReturnAddress.FormAction(database, Return(context), context.RequestAborted);
        var body = Html.Of($"""
            <h1>{texts.SignIn}</h1>
            <p class="lead">{(IsAgain(context) ? texts.SignInAgain : texts.SignInLead)}</p>
            {Page.Alert(alert)}
            <form method="post" action="/signin{query}">
            {Page.AntiforgeryField(context)}
            <label for="user">{texts.Address}</label>
            <input id="user" name="user" type="text" inputmode="email" autocomplete="username webauthn" autocapitalize="none" spellcheck="false" required maxlength="400" value="{user}" aria-describedby="user-hint"{Focus(user.Length == 0)}>
            <p class="hint" id="user-hint">{texts.AddressHint(domains.Primary)}</p>
            <label for="password">{texts.Password}</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="{Passwords.Longest}"{Focus(user.Length > 0)}>
            <button class="button primary wide" type="submit">{texts.SignIn}</button>
            </form>
            <form method="post" action="/signin/passkey{query}" data-passkey="get" data-options="/signin/passkey/options" data-failed="{texts.PasskeyFailed}"{Html.If(offersPasskey, () => Html.Of($" data-offer"))} hidden>
            <p class="or"><span>{texts.Or}</span></p>
            {Page.AntiforgeryField(context)}
            <input type="hidden" name="credential"><input type="hidden" name="state">
            <button class="button wide" type="submit">{texts.UsePasskey}</button>
            <p class="alert" role="alert" hidden></p>
            </form>
            """);
        return Page.Card(context, texts.SignIn, body, status, formAction, withScript: true);
    }

    async Task<IResult> CodeForm(HttpContext context, string ticket, string? alert, int status = StatusCodes.Status200OK)
    {
        var texts = Texts.For(context);
        var query = context.Request.QueryString.ToString();
        var formAction = await ReturnAddress.FormAction(database, Return(context), context.RequestAborted);
        var body = Html.Of($"""
            <h1>{texts.CodeTitle}</h1>
            <p class="lead">{texts.CodeLead}</p>
            {Page.Alert(alert)}
            <form method="post" action="/signin/code{query}">
            {Page.AntiforgeryField(context)}
            <input type="hidden" name="pending" value="{ticket}">
            <label for="code">{texts.Code}</label>
            <input id="code" class="code" name="code" type="text" inputmode="text" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required maxlength="40" autofocus>
            <button class="button primary wide" type="submit">{texts.Continue}</button>
            </form>
            <p class="small"><a href="/signin{query}">{texts.StartAgain}</a></p>
            """);
        return Page.Card(context, texts.CodeTitle, body, status, formAction);
    }

    static Html Focus(bool here) => Html.If(here, () => Html.Of($" autofocus"));
}
