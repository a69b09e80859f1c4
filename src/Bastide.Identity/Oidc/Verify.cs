using Bastide.Identity.Pages;
using Bastide.Platform.Limits;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Bastide.Identity.Oidc;

/// <summary>
/// Where a person lets a device in: types the code it shows, sees what it wants, decides. RFC 8628 §3.3. A link with the
/// code filled in still asks, because a stranger may have sent it (§5.4).
/// </summary>
sealed class Verify(BrowserSessions browser, OidcPrincipal principals, IOpenIddictApplicationManager applications, Limiter limiter)
{
    static readonly RateLimit Guesses = new("device-code", 10, 10.0 / 600);

    public async Task<IResult> Handle(HttpContext context)
    {
        var texts = Texts.For(context);
        if (await browser.Current(context) is not { } session) return Results.LocalRedirect(ReturnAddress.SignIn(context));
        var code = context.GetOpenIddictServerRequest()?.UserCode;
        if (string.IsNullOrWhiteSpace(code)) return CodeForm(context, null, null);
        if (!limiter.TryTake(Guesses, session.Account.ToString(), out var wait)) return CodeForm(context, code, texts.TooMany(wait), StatusCodes.Status429TooManyRequests);

        var result = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (!result.Succeeded || result.Principal.GetClaim(Claims.ClientId) is not { Length: > 0 } clientId) return CodeForm(context, code, texts.DeviceWrong, StatusCodes.Status400BadRequest);
        limiter.Forget(Guesses, session.Account.ToString());
        var scopes = result.Principal.GetScopes();
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType || !context.Request.Form.ContainsKey(Consent.Decision))
        {
            var application = await applications.FindByClientIdAsync(clientId, context.RequestAborted);
            var name = application is null ? clientId : await applications.GetDisplayNameAsync(application, context.RequestAborted) ?? clientId;
            return Consent.Show(context, name, session.Address, scopes, "/connect/verify", [(Parameters.UserCode, code)], null);
        }

        if (await Page.Form(context) is not { } form) return Page.Stale(context);
        if (form[Consent.Decision] != Consent.Allow)
        {
            return Results.Forbid(
                new AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied })
                {
                    RedirectUri = "/signin/device?refused=1",
                },
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        }

        var principal = await principals.Begin(context, session, clientId, scopes, context.RequestAborted);
        return Results.SignIn(principal, new AuthenticationProperties { RedirectUri = "/signin/device" }, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    /// <summary>What the person sees once they have decided.</summary>
    public static IResult Decided(HttpContext context)
    {
        var texts = Texts.For(context);
        return context.Request.Query.ContainsKey("refused")
            ? Page.Message(context, texts.DeviceRefusedTitle, texts.DeviceRefusedText)
            : Page.Message(context, texts.DeviceDoneTitle, texts.DeviceDoneText);
    }

    static IResult CodeForm(HttpContext context, string? code, string? alert, int status = StatusCodes.Status200OK)
    {
        var texts = Texts.For(context);
        var body = Html.Of($"""
            <h1>{texts.DeviceTitle}</h1>
            <p class="lead">{texts.DeviceLead}</p>
            {Page.Alert(alert)}
            <form method="get" action="/connect/verify">
            <label for="user_code">{texts.DeviceCode}</label>
            <input id="user_code" class="code" name="user_code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" required maxlength="20" value="{code}" autofocus>
            <button class="button primary wide" type="submit">{texts.Continue}</button>
            </form>
            """);
        return Page.Card(context, texts.DeviceTitle, body, status);
    }
}
