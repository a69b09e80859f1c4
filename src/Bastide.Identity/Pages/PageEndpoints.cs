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
        var signIn = routes.MapGroup("/signin").ExcludeFromDescription().DisableAntiforgery();
        signIn.MapGet("", (HttpContext context, SignInPage page) => page.Show(context));
        signIn.MapPost("", (HttpContext context, SignInPage page) => page.Post(context));
        signIn.MapPost("/code", (HttpContext context, SignInPage page) => page.PostCode(context));
        signIn.MapPost("/passkey/options", (HttpContext context, SignInPage page) => page.PasskeyOptions(context));
        signIn.MapPost("/passkey", (HttpContext context, SignInPage page) => page.PostPasskey(context));
        signIn.MapGet("/signed-out", (HttpContext context) => Page.Message(context, Texts.For(context).SignedOutTitle, Texts.For(context).SignedOutText));
        signIn.MapGet("/device", Verify.Decided);
        signIn.MapGet("/assets/{name}", Page.Asset);
        MapAccount(routes.MapGroup("/account").ExcludeFromDescription().DisableAntiforgery());
    }

    static void MapAccount(IEndpointRouteBuilder account)
    {
        account.MapGet("", (HttpContext context, ProfilePage page) => page.Show(context));
        account.MapGet("/password", (HttpContext context, PasswordPage page) => page.Show(context));
        account.MapPost("/password", (HttpContext context, PasswordPage page) => page.Post(context));
        account.MapGet("/two-step", (HttpContext context, TwoStepPage page) => page.Show(context));
        account.MapPost("/two-step/set-up", (HttpContext context, TwoStepPage page) => page.SetUp(context));
        account.MapPost("/two-step/on", (HttpContext context, TwoStepPage page) => page.TurnOn(context));
        account.MapPost("/two-step/off", (HttpContext context, TwoStepPage page) => page.TurnOff(context));
        account.MapPost("/two-step/codes", (HttpContext context, TwoStepPage page) => page.NewCodes(context));
        account.MapGet("/passkeys", (HttpContext context, PasskeysPage page) => page.Show(context));
        account.MapPost("/passkeys/options", (HttpContext context, PasskeysPage page) => page.Options(context));
        account.MapPost("/passkeys/add", (HttpContext context, PasskeysPage page) => page.Add(context));
        account.MapPost("/passkeys/remove", (HttpContext context, PasskeysPage page) => page.Remove(context));
        account.MapGet("/sessions", (HttpContext context, SessionsPage page) => page.Show(context));
        account.MapPost("/sessions/end", (HttpContext context, SessionsPage page) => page.End(context));
        account.MapPost("/sessions/end-others", (HttpContext context, SessionsPage page) => page.EndOthers(context));
        account.MapGet("/app-passwords", (HttpContext context, AppPasswordsPage page) => page.Show(context));
        account.MapPost("/app-passwords", (HttpContext context, AppPasswordsPage page) => page.Add(context));
        account.MapPost("/app-passwords/end", (HttpContext context, AppPasswordsPage page) => page.End(context));
    }
}
