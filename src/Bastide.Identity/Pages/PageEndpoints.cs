using Bastide.Identity.Http;
using Bastide.Identity.Oidc;
using Bastide.Identity.Pages.Account;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bastide.Identity.Pages;

/// <summary>The pages a person sees.</summary>
static class PageEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var signIn = routes.MapGroup("/signin");
        ((IEndpointConventionBuilder)signIn).Finally(ErrorPage.Add);
        signIn.MapGet("", Handlers.Of<SignInPage>((page, context) => page.Show(context)));
        signIn.MapPost("", Handlers.Of<SignInPage>((page, context) => page.Post(context)));
        signIn.MapPost("/code", Handlers.Of<SignInPage>((page, context) => page.PostCode(context)));
        signIn.MapPost("/passkey/options", Handlers.Of<SignInPage>((page, context) => page.PasskeyOptions(context)));
        signIn.MapPost("/passkey", Handlers.Of<SignInPage>((page, context) => page.PostPasskey(context)));
        signIn.MapGet("/signed-out", Handlers.Of(context => Page.Message(context, Texts.For(context).SignedOutTitle, Texts.For(context).SignedOutText)));
        signIn.MapGet("/device", Handlers.Of(Verify.Decided));
        signIn.MapGet("/assets/{name}", Handlers.Of(Page.Asset));
        signIn.MapGet("/{**path}", Handlers.Of(NotFound));
        var account = routes.MapGroup("/account");
        ((IEndpointConventionBuilder)account).Finally(ErrorPage.Add);
        MapAccount(account);
    }

    static IResult NotFound(HttpContext context) =>
        Page.Message(context, Texts.For(context).NotFoundTitle, Texts.For(context).NotFoundText, StatusCodes.Status404NotFound);

    static void MapAccount(IEndpointRouteBuilder account)
    {
        account.MapGet("", Handlers.Of<ProfilePage>((page, context) => page.Show(context)));
        account.MapGet("/password", Handlers.Of<PasswordPage>((page, context) => page.Show(context)));
        account.MapPost("/password", Handlers.Of<PasswordPage>((page, context) => page.Post(context)));
        account.MapGet("/two-step", Handlers.Of<TwoStepPage>((page, context) => page.Show(context)));
        account.MapPost("/two-step/set-up", Handlers.Of<TwoStepPage>((page, context) => page.SetUp(context)));
        account.MapPost("/two-step/on", Handlers.Of<TwoStepPage>((page, context) => page.TurnOn(context)));
        account.MapPost("/two-step/off", Handlers.Of<TwoStepPage>((page, context) => page.TurnOff(context)));
        account.MapPost("/two-step/codes", Handlers.Of<TwoStepPage>((page, context) => page.NewCodes(context)));
        account.MapGet("/passkeys", Handlers.Of<PasskeysPage>((page, context) => page.Show(context)));
        account.MapPost("/passkeys/options", Handlers.Of<PasskeysPage>((page, context) => page.Options(context)));
        account.MapPost("/passkeys/add", Handlers.Of<PasskeysPage>((page, context) => page.Add(context)));
        account.MapPost("/passkeys/remove", Handlers.Of<PasskeysPage>((page, context) => page.Remove(context)));
        account.MapGet("/sessions", Handlers.Of<SessionsPage>((page, context) => page.Show(context)));
        account.MapPost("/sessions/end", Handlers.Of<SessionsPage>((page, context) => page.End(context)));
        account.MapPost("/sessions/end-others", Handlers.Of<SessionsPage>((page, context) => page.EndOthers(context)));
        account.MapGet("/app-passwords", Handlers.Of<AppPasswordsPage>((page, context) => page.Show(context)));
        account.MapPost("/app-passwords", Handlers.Of<AppPasswordsPage>((page, context) => page.Add(context)));
        account.MapPost("/app-passwords/end", Handlers.Of<AppPasswordsPage>((page, context) => page.End(context)));
        // Where a form was sent to is an address in the browser too: asked for again, it is the page of the form.
        account.MapGet("/{**path}", Handlers.Of(context => AccountFrame.PageAt(context) is { } page ? Results.LocalRedirect(page) : NotFound(context)));
    }
}
