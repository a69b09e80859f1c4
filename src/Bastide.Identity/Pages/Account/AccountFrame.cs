using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Bastide.Identity.Pages.Account;

/// <summary>
/// What the account pages share: who may see them, the frame around them, and that what would let somebody stay for good
/// (a password, a second factor, a passkey, an app password) asks again who it is when signing in was a while ago.
/// </summary>
sealed class AccountFrame(BrowserSessions browser, Database database, TimeProvider time)
{
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    static readonly (string Path, Func<Texts, string> Name)[] Sections =
    [
        ("/account", texts => texts.Profile),
        ("/account/password", texts => texts.Password),
        ("/account/two-step", texts => texts.TwoStep),
        ("/account/passkeys", texts => texts.PasskeysTitle),
        ("/account/sessions", texts => texts.SessionsTitle),
        ("/account/app-passwords", texts => texts.AppPasswordsTitle),
    ];

    /// <summary>Shows a page to whoever is signed in; sends others to sign in first.</summary>
    public async Task<IResult> Show(HttpContext context, Func<Visitor, Task<IResult>> page) =>
        await Visit(context) is { } visitor ? await page(visitor) : Results.LocalRedirect(ReturnAddress.SignIn(context));

    /// <summary>The same where the person must have signed in lately.</summary>
    public async Task<IResult> ShowFresh(HttpContext context, Func<Visitor, Task<IResult>> page) =>
        await Show(context, visitor => IsFresh(visitor.Session) ? page(visitor) : Task.FromResult(SignInAgain(context)));

    /// <summary>Takes a form of one of the pages.</summary>
    public async Task<IResult> Post(HttpContext context, bool fresh, Func<Visitor, IFormCollection, Task<IResult>> page)
    {
        if (await Visit(context) is not { } visitor) return Results.LocalRedirect(ReturnAddress.SignIn(context, PageOf(context)));
        if (fresh && !IsFresh(visitor.Session)) return SignInAgain(context);
        return await Page.Form(context) is { } form ? await page(visitor, form) : Page.Stale(context);
    }

    /// <summary>A page of the account.</summary>
    public static IResult Render(Visitor visitor, string path, string title, Html body, string? done = null, int status = StatusCodes.Status200OK, bool withScript = false)
    {
        var texts = visitor.Texts;
        var here = Array.Find(Sections, section => section.Path == path);
        var links = Html.Of($"""
            <ul>
            {Sections.Select(section => Html.Of($"""<li><a href="{section.Path}"{Current(section.Path == path)}>{section.Name(texts)}</a></li>"""))}
            <li class="away"><a href="/">{texts.BackToWorkplace}</a></li>
            </ul>
            """);
        return Page.Whole(visitor.Context, title, Html.Of($"""
            <div class="account">
            <header>
            <p class="brand"><a href="/">{Page.Brand}</a></p>
            <form class="who" method="post" action="/connect/endsession">{Page.AntiforgeryField(visitor.Context)}
            <span>{visitor.Person.Address}</span><button class="link" type="submit" name="{Oidc.EndSession.Confirmed}" value="yes">{texts.SignOut}</button></form>
            </header>
            <nav class="side" aria-label="{texts.Navigation}">{links}</nav>
            <details class="menu"><summary>{here.Name(texts)}</summary><nav aria-label="{texts.Navigation}">{links}</nav></details>
            <main id="main">
            <h1>{title}</h1>
            {Html.If(done is not null, () => Html.Of($"""<p class="done" role="status">{done}</p>"""))}
            {body}
            </main>
            <footer class="small">{texts.Footer}{Page.OtherLanguage(visitor.Context, texts)}</footer>
            </div>
            """), "", status, withScript: withScript);
    }

    /// <summary>Goes on to a page after a form has done its work.</summary>
    public static IResult SeeOther(HttpContext context, string path, string? done = null)
    {
        context.Response.Headers.Location = done is null ? path : QueryHelpers.AddQueryString(path, "done", done);
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>The page that what was asked for belongs to; null when there is none.</summary>
    public static string? PageAt(HttpContext context) => Array.Find(Sections, section => section.Path == PageOf(context)).Path;

    static Html Current(bool here) => Html.If(here, () => Html.Of($" aria-current=\"page\""));

    static IResult SignInAgain(HttpContext context) => Results.LocalRedirect(QueryHelpers.AddQueryString(ReturnAddress.SignIn(context, PageOf(context)), SignInPage.Again, "1"));

    /// <summary>The page a form belongs to: what comes after its second part is what the form does.</summary>
    static string PageOf(HttpContext context) => string.Join('/', (context.Request.Path.Value ?? "/account").Split('/').Take(3));

    bool IsFresh(LiveSession session) => time.GetUtcNow() - session.AuthenticatedAt < Fresh;

    async ValueTask<Visitor?> Visit(HttpContext context)
    {
        if (await browser.Current(context) is not { } session) return null;
        var person = await database.Read(scope => PersonTable.Credentials(scope, session.Account), context.RequestAborted);
        return person is null ? null : new Visitor(context, session, person, Texts.For(context), time.GetUtcNow());
    }
}
