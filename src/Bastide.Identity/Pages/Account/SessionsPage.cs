using System.Globalization;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Pages.Account;

/// <summary><c>/account/sessions</c>: everything that is signed in as the person, and its end.</summary>
sealed class SessionsPage(AccountFrame frame, Sessions sessions, SessionWatch watch, Database database)
{
    const string Path = "/account/sessions";

    public Task<IResult> Show(HttpContext context) => frame.Show(context, async visitor =>
    {
        var texts = visitor.Texts;
        await watch.WriteSeen(visitor.Cancellation);
        var all = await sessions.Of(visitor.Person.Account, visitor.Cancellation);
        // The web client's own session goes with the browser's it was begun from: one line for both.
        var shown = all.Where(s => s.ClientId != FirstParty.WebClientId || !all.Any(parent => parent.Id == s.Parent)).OrderByDescending(s => s.Id == visitor.Session.Id).ToList();
        var items = shown.Select(session =>
        {
            var isThis = session.Id == visitor.Session.Id;
            var seen = all.Where(s => s.Id == session.Id || (s.Parent == session.Id && s.ClientId == FirstParty.WebClientId)).Max(s => s.LastSeenAt);
            var badge = Html.If(isThis, () => Html.Of($"""<span class="badge">{texts.ThisBrowser}</span>"""));
            var end = Html.If(!isThis, () => Html.Of($"""
                <form method="post" action="{Path}/end">{Page.AntiforgeryField(visitor.Context)}<input type="hidden" name="id" value="{session.Id}">
                <button class="button compact danger" type="submit" aria-label="{texts.EndIt(session.Client)}">{texts.End}</button></form>
                """));
            return Html.Of($"""
                <li><div class="what"><strong>{session.Client}{badge}</strong><span>{texts.KindOf(session.Kind, session.ClientId)} · {(session.LastAddress.Length == 0 ? Html.Of($"{texts.NotUsedYet}") : Html.Of($"{texts.LastUsed} {visitor.Ago(seen)}{texts.From(session.LastAddress)}"))}</span></div>{end}</li>
                """);
        });
        var others = Html.If(shown.Count > 1, () => Html.Of($"""
            <form method="post" action="{Path}/end-others">{Page.AntiforgeryField(visitor.Context)}
            <div class="buttons"><button class="button danger" type="submit" aria-describedby="others-hint">{texts.EndOthers}</button></div>
            <p class="hint" id="others-hint">{texts.EndOthersHint}</p></form>
            """));
        var done = context.Request.Query["done"].ToString() switch { "one" => texts.Ended, "others" => texts.EndedOthers, _ => null };
        return AccountFrame.Render(visitor, Path, texts.SessionsTitle, Html.Of($"""
            <section>
            <p>{texts.SessionsLead}</p>
            <ul class="list">{items}</ul>
            {others}
            </section>
            """), done);
    });

    public Task<IResult> End(HttpContext context) => frame.Post(context, fresh: false, async (visitor, form) =>
    {
        if (long.TryParse(form["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            await sessions.End(visitor.Person.Account, id, visitor.Actor, visitor.Cancellation);
        return AccountFrame.SeeOther(context, Path, "one");
    });

    public Task<IResult> EndOthers(HttpContext context) => frame.Post(context, fresh: false, async (visitor, _) =>
    {
        await database.Write(
            scope => sessions.EndAll(scope, visitor.Person.Account, other => other.Id != visitor.Session.Id && !(other.Parent == visitor.Session.Id && other.ClientId == FirstParty.WebClientId), visitor.Actor),
            visitor.Cancellation);
        return AccountFrame.SeeOther(context, Path, "others");
    });
}
