using Bastide.Identity.Pages;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Oidc;

/// <summary>The page that asks a person to let an application in.</summary>
static class Consent
{
    public const string Decision = "decision";
    public const string Allow = "allow";
    const string Deny = "deny";

    /// <param name="context">The request.</param>
    /// <param name="application">What the application calls itself.</param>
    /// <param name="address">Whose account it is.</param>
    /// <param name="scopes">What it asks for.</param>
    /// <param name="action">Where the form goes.</param>
    /// <param name="hidden">What the form carries.</param>
    /// <param name="redirect">Where the person goes afterwards; null for a device, which then is warned of.</param>
    public static IResult Show(HttpContext context, string application, string address, IEnumerable<string> scopes, string action, IEnumerable<(string Name, string Value)> hidden, Uri? redirect)
    {
        var texts = Texts.For(context);
        var place = redirect is null ? null : redirect.Scheme is "https" or "http" ? redirect.Authority : redirect.Scheme + ":";
        var body = Html.Of($"""
            <h1>{texts.ConsentTitle(application)}</h1>
            <p class="lead">{texts.ConsentLead(address)}</p>
            <p>{texts.ConsentMay}</p>
            <ul class="scopes">{scopes.Intersect(Scopes.All).Where(s => s != "openid").Select(s => Html.Of($"<li>{texts.ScopeMeans(s)}</li>"))}</ul>
            <form method="post" action="{action}">
            {Page.AntiforgeryField(context)}
            {hidden.Where(h => h.Name != Decision && !h.Name.StartsWith("__", StringComparison.Ordinal)).Select(h => Html.Of($"""<input type="hidden" name="{h.Name}" value="{h.Value}">"""))}
            <div class="buttons">
            <button class="button" type="submit" name="{Decision}" value="{Deny}">{texts.Deny}</button>
            <button class="button primary" type="submit" name="{Decision}" value="{Allow}">{texts.Allow}</button>
            </div>
            </form>
            <p class="small">{(place is null ? texts.ConsentDevice : texts.ConsentGoesTo(place))}</p>
            """);
        return Page.Card(context, texts.ConsentTitle(application), body, formAction: redirect is null ? null : ReturnAddress.SourceOf(redirect));
    }
}
