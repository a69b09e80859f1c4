using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity;

/// <summary>
/// Who may administer what: the operator everything; a person what the <c>administrators</c> table gives them, when
/// their credential covers the scope <c>admin</c>. What somebody may not administer answers as what does not exist.
/// </summary>
static class Administrators
{
    /// <summary>The domains the actor administers: null is all of them, empty none.</summary>
    public static async ValueTask<string[]?> DomainsOf(ReadScope scope, Actor actor)
    {
        if (actor.IsOperator) return null;
        if (!actor.HasScope) return [];
        var domains = await AdministratorTable.Of(scope, actor.Person!.Value);
        return domains.Contains(null) ? null : [.. domains.OfType<string>()];
    }

    public static async ValueTask<bool> May(ReadScope scope, Actor actor, string domain) =>
        await DomainsOf(scope, actor) is var domains && (domains is null || domains.Contains(domain, StringComparer.Ordinal));

    /// <summary>Whether the actor administers the whole workplace.</summary>
    public static async ValueTask<bool> MayAll(ReadScope scope, Actor actor) => await DomainsOf(scope, actor) is null;

    /// <summary>Whether the actor may change this account: their own, and no person's who administers what the actor does not.</summary>
    public static async ValueTask<bool> MayChange(ReadScope scope, Actor actor, AccountId account)
    {
        if (actor.Person == account) return true;
        var own = await DomainsOf(scope, actor);
        return own is null || (await AdministratorTable.Of(scope, account)).TrueForAll(domain => domain is not null && own.Contains(domain, StringComparer.Ordinal));
    }

    /// <summary>The refusal where <see cref="MayChange"/> does not hold.</summary>
    public static async ValueTask CheckMayChange(ReadScope scope, Actor actor, AccountId account, string address)
    {
        if (!await MayChange(scope, actor, account))
            throw new RefusedException(RefusalKind.Forbidden, $"{address} administers more than you do: only who administers the whole workplace changes that account.");
    }

    /// <summary>Whether the person administers anything: whether the scope <c>admin</c> can be given to them.</summary>
    public static async ValueTask<bool> IsOne(ReadScope scope, AccountId person) => (await AdministratorTable.Of(scope, person)).Count > 0;
}
