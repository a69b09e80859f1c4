using Bastide.Identity.Pages;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Bastide.Identity.Oidc;

/// <summary>
/// The authorization endpoint, RFC 6749 §3.1 and OpenID Connect Core 1.0 §3.1.2: signs the person in when they are not,
/// asks them to let an application in that is not ours, and sends the code. OpenIddict has checked the request.
/// </summary>
sealed class Authorize(BrowserSessions browser, OidcPrincipal principals, IOpenIddictApplicationManager applications, TimeProvider time)
{
    public async Task<IResult> Handle(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("The authorization endpoint was reached without OpenIddict.");
        var session = await browser.Current(context);
        var mustSignIn = session is null || request.HasPromptValue(PromptValues.Login) || IsTooOld(session, request.MaxAge);
        if (mustSignIn)
        {
            if (request.HasPromptValue(PromptValues.None)) return Token.Refuse(Errors.LoginRequired, "The person is not signed in.");
            return Results.LocalRedirect(SignInAddress(context, request, session is not null));
        }

        if (request.ClientId == FirstParty.WebClientId) return await Issue(context, session!, request);
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType && context.Request.Form.ContainsKey(Consent.Decision))
        {
            if (await Page.Form(context) is not { } form) return Page.Stale(context);
            return form[Consent.Decision] == Consent.Allow
                ? await Issue(context, session!, request)
                : Token.Refuse(Errors.AccessDenied, "The person refused.");
        }

        // Anybody can register an application and any program can pretend to be another (RFC 8252 §8.6): it is asked every time.
        if (request.HasPromptValue(PromptValues.None)) return Token.Refuse(Errors.ConsentRequired, "The person must be asked first.");
        var application = await applications.FindByClientIdAsync(request.ClientId!, context.RequestAborted);
        var name = application is null ? null : await applications.GetDisplayNameAsync(application, context.RequestAborted);
        var hidden = request.GetParameters().Select(p => (p.Key, (string?)p.Value ?? ""));
        return Consent.Show(context, name ?? request.ClientId!, session!.Address, request.GetScopes(), "/connect/authorize", hidden, new Uri(request.RedirectUri!));
    }

    async Task<IResult> Issue(HttpContext context, LiveSession session, OpenIddictRequest request)
    {
        var principal = await principals.Begin(context, session, request.ClientId!, request.GetScopes(), context.RequestAborted);
        return Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    bool IsTooOld(LiveSession session, long? maxAge) =>
        maxAge is { } seconds && time.GetUtcNow() - session.AuthenticatedAt > TimeSpan.FromSeconds(Math.Max(seconds, 1));

    /// <summary>The sign-in page, which comes back to the same request without what has then been done.</summary>
    static string SignInAddress(HttpContext context, OpenIddictRequest request, bool isAgain)
    {
        var parameters = request.GetParameters()
            .Where(p => p.Key is not (Parameters.Prompt or Parameters.MaxAge))
            .ToDictionary(p => p.Key, p => (string?)p.Value);
        var prompts = request.GetPromptValues().Where(value => value != PromptValues.Login).ToList();
        if (prompts.Count > 0) parameters[Parameters.Prompt] = string.Join(' ', prompts);
        var address = QueryHelpers.AddQueryString("/signin", new Dictionary<string, string?> { [ReturnAddress.Parameter] = QueryHelpers.AddQueryString("/connect/authorize", parameters) });
        if (isAgain) address = QueryHelpers.AddQueryString(address, SignInPage.Again, "1");
        if (request.LoginHint is { Length: > 0 and < 400 } hint) address = QueryHelpers.AddQueryString(address, "login_hint", hint);
        if (request.UiLocales is { Length: > 0 and < 100 } locales) address = QueryHelpers.AddQueryString(address, "ui_locales", locales);
        return address;
    }
}
