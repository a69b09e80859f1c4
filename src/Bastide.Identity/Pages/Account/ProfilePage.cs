using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Pages.Account;

/// <summary><c>/account</c>: who the person is here, and how well their account is locked.</summary>
sealed class ProfilePage(AccountFrame frame, Database database)
{
    public Task<IResult> Show(HttpContext context) => frame.Show(context, async visitor =>
    {
        var texts = visitor.Texts;
        var (entry, teams, passkeys) = await database.Read(async scope =>
        {
            var own = await AddressTable.Find(scope, visitor.Person.Account);
            var reachable = await Access.Reachable(scope, visitor.Session.Caller(visitor.Session.Scopes));
            var keys = await PasskeyTable.Of(scope, visitor.Person.Account);
            return (own, reachable.Where(a => a.Account.Kind == AccountKind.Team).Select(a => a.Account.Name).ToList(), keys.Count);
        }, visitor.Cancellation);
        var aliases = entry?.Aliases ?? [];
        return AccountFrame.Render(visitor, "/account", texts.Account, Html.Of($"""
            <section aria-labelledby="profile">
            <h2 id="profile">{texts.Profile}</h2>
            <p class="small">{texts.ProfileHint}</p>
            <dl>
            <dt>{texts.Name}</dt><dd>{visitor.Person.Name}</dd>
            <dt>{texts.Address}</dt><dd>{visitor.Person.Address}</dd>
            <dt>{texts.OtherAddresses}</dt><dd>{(aliases.Count == 0 ? texts.None : string.Join(", ", aliases))}</dd>
            <dt>{texts.TeamsLabel}</dt><dd>{(teams.Count == 0 ? texts.None : string.Join(", ", teams))}</dd>
            </dl>
            </section>
            <section aria-labelledby="security">
            <h2 id="security">{texts.Security}</h2>
            <ul class="list">
            <li><div class="what"><strong>{texts.Password}</strong><span>{texts.PasswordChanged(visitor.Person.PasswordChangedAt)}</span></div><a class="button compact" href="/account/password">{texts.ChangePassword}</a></li>
            <li><div class="what"><strong>{texts.TwoStep}</strong><span>{(visitor.Person.HasSecondFactor ? texts.On : texts.Off)}</span></div><a class="button compact" href="/account/two-step" aria-label="{texts.ManageIt(texts.TwoStep)}">{texts.Manage}</a></li>
            <li><div class="what"><strong>{texts.PasskeysTitle}</strong><span>{texts.PasskeyCount(passkeys)}</span></div><a class="button compact" href="/account/passkeys" aria-label="{texts.ManageIt(texts.PasskeysTitle)}">{texts.Manage}</a></li>
            </ul>
            </section>
            """));
    });
}
