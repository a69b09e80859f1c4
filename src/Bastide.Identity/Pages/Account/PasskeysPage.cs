using Bastide.Identity.Credentials;
using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Bastide.Identity.Pages.Account;

/// <summary><c>/account/passkeys</c>: the person's passkeys; making one is the only thing that needs JavaScript.</summary>
sealed class PasskeysPage(AccountFrame frame, Passkeys passkeys, Database database)
{
    const string Path = "/account/passkeys";

    public Task<IResult> Show(HttpContext context) => frame.ShowFresh(context, visitor => List(visitor, null, context.Request.Query["done"].ToString() switch
    {
        "added" => visitor.Texts.PasskeyAdded,
        { Length: > 0 } => visitor.Texts.Done,
        _ => null,
    }));

    /// <summary>What the browser asks the authenticator to make.</summary>
    public Task<IResult> Options(HttpContext context) => frame.Post(context, fresh: true, (visitor, _) => passkeys.CreationOptions(context, visitor.Person));

    public Task<IResult> Add(HttpContext context) => frame.Post(context, fresh: true, async (visitor, form) =>
        await passkeys.Add(context, visitor.Person, form["credential"].ToString(), form["state"].ToString(), form["name"].ToString(), visitor.Actor)
            ? AccountFrame.SeeOther(context, Path, "added")
            : await List(visitor, visitor.Texts.PasskeyNotAdded, null));

    public Task<IResult> Remove(HttpContext context) => frame.Post(context, fresh: true, async (visitor, form) =>
    {
        var id = form["id"].ToString();
        if (id.Length is > 0 and < 2000 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            await passkeys.Remove(visitor.Person, WebEncoders.Base64UrlDecode(id), visitor.Actor, visitor.Cancellation);
        return AccountFrame.SeeOther(context, Path, "removed");
    });

    async Task<IResult> List(Visitor visitor, string? alert, string? done)
    {
        var texts = visitor.Texts;
        var known = await database.Read(scope => PasskeyTable.Of(scope, visitor.Person.Account), visitor.Cancellation);
        var items = known.Select(item => Html.Of($"""
            <li><div class="what"><strong>{item.Passkey.Name}</strong><span>{texts.MadeOn(item.Passkey.CreatedAt)} · {(item.LastUsedAt is { } used ? Html.Of($"{texts.LastUsed} {visitor.Ago(used)}") : Html.Of($"{texts.NeverUsed}"))}</span></div>
            <form method="post" action="{Path}/remove">{Page.AntiforgeryField(visitor.Context)}<input type="hidden" name="id" value="{WebEncoders.Base64UrlEncode(item.Passkey.CredentialId)}">
            <button class="button compact danger" type="submit" aria-label="{texts.RemoveIt(item.Passkey.Name ?? "")}">{texts.Remove}</button></form></li>
            """));
        return AccountFrame.Render(visitor, Path, texts.PasskeysTitle, Html.Of($"""
            <section>
            <p>{texts.PasskeysLead}</p>
            {(known.Count == 0 ? Html.Of($"""<p class="empty">{texts.NoPasskeys}</p>""") : Html.Of($"""<ul class="list">{items}</ul>"""))}
            </section>
            <section aria-labelledby="add">
            <h2 id="add">{texts.AddPasskey}</h2>
            {Page.Alert(alert)}
            <p data-without-passkeys>{texts.PasskeysNeedScript}</p>
            <form method="post" action="{Path}/add" data-passkey="create" data-options="{Path}/options" data-failed="{texts.PasskeyNotAdded}" hidden>
            {Page.AntiforgeryField(visitor.Context)}
            <input type="hidden" name="credential"><input type="hidden" name="state">
            <label for="name">{texts.PasskeyName}</label>
            <input id="name" name="name" type="text" maxlength="100" value="{UserAgent.NameOf(visitor.Context.Request.Headers.UserAgent.ToString())}">
            <div class="buttons"><button class="button primary" type="submit">{texts.AddPasskey}</button></div>
            <p class="alert" role="alert" hidden></p>
            </form>
            </section>
            """), done, alert is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, withScript: true);
    }
}
