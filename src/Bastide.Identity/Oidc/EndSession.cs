using Bastide.Identity.Pages;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Bastide.Identity.Oidc;

/// <summary>
/// RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0): ends the browser's session and what the web client began
/// from it. Without an identity token of the person, they are asked first, so that no other site signs them out.
/// </summary>
sealed class EndSession(BrowserSessions browser, Sessions sessions)
{
    public const string Confirmed = "confirmed";

    public async Task<IResult> Handle(HttpContext context)
    {
        var session = await browser.Current(context);
        if (session is not null && !await IsMeant(context, session))
        {
            if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType || !context.Request.Form.ContainsKey(Confirmed)) return Ask(context);
            if (await Page.Form(context) is null) return Page.Stale(context);
        }

        if (session is not null)
            await sessions.End(session.Account, session.Id, Actor.Self(session.Account, session.Address, context.Connection.RemoteIpAddress), context.RequestAborted);
        browser.End(context);
        return Results.SignOut(
            new AuthenticationProperties { RedirectUri = "/signin/signed-out" },
            [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    static async Task<bool> IsMeant(HttpContext context, LiveSession session)
    {
        if (context.GetOpenIddictServerRequest()?.IdTokenHint is not { Length: > 0 }) return false;
        var hint = (await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
        return hint?.GetClaim(Claims.Subject) == session.Account.ToString();
    }

    static IResult Ask(HttpContext context)
    {
        var texts = Texts.For(context);
        var hidden = context.GetOpenIddictServerRequest()!.GetParameters().Where(p => p.Key is not Confirmed && !p.Key.StartsWith("__", StringComparison.Ordinal));
        var redirect = Uri.TryCreate(context.GetOpenIddictServerRequest()!.PostLogoutRedirectUri, UriKind.Absolute, out var uri) ? ReturnAddress.SourceOf(uri) : null;
        var body = Html.Of($"""
            <h1>{texts.SignOutTitle}</h1>
            <p class="lead">{texts.SignOutText}</p>
            <form method="post" action="/connect/endsession">
            {Page.AntiforgeryField(context)}
            {hidden.Select(h => Html.Of($"""<input type="hidden" name="{h.Key}" value="{(string?)h.Value}">"""))}
            <div class="buttons">
            <a class="button" href="/">{texts.StaySignedIn}</a>
            <button class="button primary" type="submit" name="{Confirmed}" value="yes">{texts.SignOut}</button>
            </div>
            </form>
            """);
        return Page.Card(context, texts.SignOutTitle, body, formAction: redirect);
    }
}
