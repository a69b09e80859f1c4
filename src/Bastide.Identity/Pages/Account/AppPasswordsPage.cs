using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Pages.Account;

/// <summary><c>/account/app-passwords</c>: makes one, shows it once, ends it.</summary>
sealed class AppPasswordsPage(AccountFrame frame, AppPasswords appPasswords, Sessions sessions, SessionWatch watch)
{
    const string Path = "/account/app-passwords";

    public Task<IResult> Show(HttpContext context) =>
        frame.ShowFresh(context, visitor => List(visitor, null, context.Request.Query.ContainsKey("done") ? visitor.Texts.Done : null));

    public Task<IResult> Add(HttpContext context) => frame.Post(context, fresh: true, async (visitor, form) =>
    {
        var texts = visitor.Texts;
        var label = form["label"].ToString().Trim();
        var scopes = form["scope"].OfType<string>().Where(Scopes.Apps.Contains).Distinct().ToList();
        if (label.Length is 0 or > 100 || scopes.Count == 0) return await List(visitor, texts.AppPasswordRefused, null);
        var made = await appPasswords.Add(visitor.Person.Address, label, scopes, visitor.Actor, visitor.Cancellation);
        if (!made.IsDone) return await List(visitor, texts.AppPasswordsFull, null);
        return AccountFrame.Render(visitor, Path, texts.AppPasswordsTitle, Html.Of($"""
            <section aria-labelledby="made">
            <h2 id="made">{texts.AppPasswordShown(label)}</h2>
            <p>{texts.AppPasswordShownLead(visitor.Person.Address)}</p>
            <p class="secret">{made.Value.Secret}</p>
            <div class="buttons"><a class="button primary" href="{Path}">{texts.Continue}</a></div>
            </section>
            """));
    });

    public Task<IResult> End(HttpContext context) => frame.Post(context, fresh: false, async (visitor, form) =>
    {
        if (long.TryParse(form["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            await sessions.End(visitor.Person.Account, id, visitor.Actor, visitor.Cancellation);
        return AccountFrame.SeeOther(context, Path, "1");
    });

    static string Apps(Texts texts, string[] scopes) =>
        scopes.Length == Scopes.Apps.Length ? texts.EveryApp : string.Join(", ", Scopes.Apps.Where(scopes.Contains).Select(texts.AppName));

    async Task<IResult> List(Visitor visitor, string? alert, string? done)
    {
        var texts = visitor.Texts;
        await watch.WriteSeen(visitor.Cancellation);
        var known = (await appPasswords.List(visitor.Person.Address, visitor.Actor, visitor.Cancellation)).Value ?? [];
        var items = known.Select(item => Html.Of($"""
            <li><div class="what"><strong>{item.Label}</strong><span>{Apps(texts, item.Scopes.Split(' '))} · {(item.LastAddress.Length == 0 ? Html.Of($"{texts.NotUsedYet}") : Html.Of($"{texts.LastUsed} {visitor.Ago(item.LastSeenAt)}{texts.From(item.LastAddress)}"))}</span></div>
            <form method="post" action="{Path}/end">{Page.AntiforgeryField(visitor.Context)}<input type="hidden" name="id" value="{item.Id}">
            <button class="button compact danger" type="submit" aria-label="{texts.EndIt(item.Label)}">{texts.End}</button></form></li>
            """));
        var choices = Scopes.Apps.Select(scope => Html.Of($"""<label><input type="checkbox" name="scope" value="{scope}" checked>{texts.AppName(scope)}</label>"""));
        return AccountFrame.Render(visitor, Path, texts.AppPasswordsTitle, Html.Of($"""
            <section>
            <p>{texts.AppPasswordsLead}</p>
            {(known.Count == 0 ? Html.Of($"""<p class="empty">{texts.NoAppPasswords}</p>""") : Html.Of($"""<ul class="list">{items}</ul>"""))}
            </section>
            <section aria-labelledby="new">
            <h2 id="new">{texts.NewAppPassword}</h2>
            {Page.Alert(alert)}
            <form method="post" action="{Path}">{Page.AntiforgeryField(visitor.Context)}
            <label for="label">{texts.Label}</label>
            <input id="label" name="label" type="text" required maxlength="100" aria-describedby="label-hint">
            <p class="hint" id="label-hint">{texts.LabelHint}</p>
            <fieldset><legend>{texts.MayUse}</legend><div class="choices">{choices}</div></fieldset>
            <div class="buttons"><button class="button primary" type="submit">{texts.Make}</button></div>
            </form>
            </section>
            """), done, alert is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
