using System.Globalization;
using System.Security.Claims;
using Bastide.Identity.Pages;
using Bastide.Platform.Accounts;
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
        var hint = await Hint(context);
        if (session is not null && hint?.GetClaim(Claims.Subject) != session.Account.ToString())
        {
            if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType || !context.Request.Form.ContainsKey(Confirmed)) return Ask(context);
            if (await Page.Form(context) is null) return Page.Stale(context);
        }

        if (session is not null)
            await sessions.End(session.Account, session.Id, Actor.Self(session.Account, session.Address, context.Connection.RemoteIpAddress), context.RequestAborted);
        // The browser may have lost its own session, by its age for one, while the client's goes on.
        if (AccountId.TryParse(hint?.GetClaim(Claims.Subject), CultureInfo.InvariantCulture, out var account)
            && long.TryParse(hint?.GetClaim(OidcClaims.Session), CultureInfo.InvariantCulture, out var begun))
            await sessions.End(account, begun, Actor.Self(account, hint?.GetClaim(Claims.Email) ?? "", context.Connection.RemoteIpAddress), context.RequestAborted);
        browser.End(context);
        return Results.SignOut(
            new AuthenticationProperties { RedirectUri = "/signin/signed-out" },
            [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    /// <summary>Who the identity token that came along is of, when it is a good one.</summary>
    static async Task<ClaimsPrincipal?> Hint(HttpContext context) =>
        context.GetOpenIddictServerRequest()?.IdTokenHint is { Length: > 0 }
            ? (await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal
            : null;

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
