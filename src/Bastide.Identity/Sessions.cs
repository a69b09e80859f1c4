using System.Net;
using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity;

/// <summary>
/// Begins and ends sessions. Ending one takes its tokens, its app password and, for a browser, what the web client
/// began from it, in one transaction; every node refuses it within a second.
/// </summary>
sealed class Sessions(Database database, SessionWatch watch, TimeProvider time, Audit audit)
{
    /// <summary>How many open sessions a person has at most beside app passwords, which have a bound of their own.</summary>
    public const int Most = 500;

    /// <summary>Begins a session and answers its number. Beyond <see cref="Most"/> those end that were not used for longest.</summary>
    public async ValueTask<long> Begin(WriteScope scope, AccountId account, SessionKind kind, string client, IEnumerable<string> scopes, IPAddress? remote, DateTimeOffset? authenticatedAt = null, string? clientId = null, string? authorization = null, long? parent = null)
    {
        var now = time.GetUtcNow();
        if (kind != SessionKind.AppPassword) await End(scope, await SessionTable.Beyond(scope, account, Most - 1), Actor.Operator, "too many sessions");
        return await SessionTable.Add(scope, new Session(
            0, account, kind, client.Length <= 200 ? client : client[..200], clientId, authorization, parent, Scopes.Join(scopes), now, authenticatedAt ?? now, now,
            remote is null ? "" : SessionWatch.TextOf(remote)));
    }

    /// <summary>The person's open sessions, the latest used first.</summary>
    public ValueTask<List<Session>> Of(AccountId account, CancellationToken cancellation) => database.Read(scope => SessionTable.Of(scope, account), cancellation);

    /// <summary>Ends one of the person's own sessions; false when they have no such session.</summary>
    public Task<bool> End(AccountId account, long id, Actor actor, CancellationToken cancellation) => database.Write(async scope =>
    {
        var session = await SessionTable.Find(scope, id);
        if (session is null || session.Account != account) return false;
        await End(scope, session, actor);
        return true;
    }, cancellation);

    /// <summary>Ends the session of an OAuth 2.0 authorisation, when it is open.</summary>
    public Task EndAuthorization(string authorization, string reason, IPAddress? remote, CancellationToken cancellation) => database.Write(async scope =>
    {
        if (await SessionTable.OfAuthorization(scope, authorization) is not { } id || await SessionTable.Find(scope, id) is not { } session) return;
        await End(scope, session, Actor.Self(session.Account, await AddressTable.Primary(scope, session.Account) ?? "", remote), reason);
    }, cancellation);

    /// <summary>Ends a session that nobody has used since, if that still holds.</summary>
    public async ValueTask EndIdle(WriteScope scope, long id, DateTimeOffset before)
    {
        if (await SessionTable.Find(scope, id) is not { } session || session.LastSeenAt >= before) return;
        await End(scope, [session], Actor.Operator, "not used");
    }

    /// <summary>Ends a session and those that the web client began from it.</summary>
    public async ValueTask End(WriteScope scope, Session session, Actor actor, string? reason = null)
    {
        List<Session> ended = [session, .. (await SessionTable.ChildrenOf(scope, session.Id)).Where(child => child.ClientId == FirstParty.WebClientId)];
        await End(scope, ended, actor, reason);
    }

    /// <summary>Ends the open sessions of an account that the condition holds for.</summary>
    public async ValueTask EndAll(WriteScope scope, AccountId account, Func<Session, bool> condition, Actor actor, string? reason = null)
    {
        List<Session> page;
        var before = long.MaxValue;
        do
        {
            page = await SessionTable.Page(scope, account, before, SessionTable.LargestPage);
            await End(scope, [.. page.Where(condition)], actor, reason);
            if (page.Count > 0) before = page[^1].Id;
        }
        while (page.Count == SessionTable.LargestPage);
    }

    /// <summary>Makes every node forget what it remembers of the account, sessions that stay open included.</summary>
    public async ValueTask Refresh(WriteScope scope, AccountId account)
    {
        await SessionTable.Revoke(scope, account, null, time.GetUtcNow());
        scope.AfterCommit(() => watch.Forget(account, null));
    }

    async ValueTask End(WriteScope scope, List<Session> ended, Actor actor, string? reason)
    {
        if (ended.Count == 0) return;
        var now = time.GetUtcNow();
        await SessionTable.End(scope, ended, now);
        var owner = await AddressTable.Primary(scope, ended[0].Account) ?? ended[0].Account.ToString();
        foreach (var session in ended)
        {
            await SessionTable.Revoke(scope, session.Account, session.Id, now);
            scope.AfterCommit(() => watch.Forget(session.Account, session.Id));
            await audit.Write(scope, "session.end", actor, owner, Domain(owner), reason ?? session.Client, session: session.Id);
        }
    }

    static string? Domain(string address) => address.Contains('@', StringComparison.Ordinal) ? address[(address.LastIndexOf('@') + 1)..] : null;
}
