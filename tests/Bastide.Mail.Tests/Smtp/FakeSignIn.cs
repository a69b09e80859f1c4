using System.Collections.Concurrent;
using System.Net;
using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;

namespace Bastide.Mail.Tests.Smtp;

/// <summary>Lets everyone of the directory in with one password, or with <c>token-of-</c> and their address.</summary>
sealed class FakeSignIn(FakeDirectory directory) : ISignIn
{
    public const string Password = "bastide-demo";

    readonly ConcurrentDictionary<long, CancellationTokenSource> _sessions = new();

    public async ValueTask<SignInResult> WithPassword(string user, string password, string protocol, IPAddress remote, CancellationToken cancellation) =>
        password == Password && await directory.Find(user, cancellation) is { } entry ? In(entry) : new SignInResult(null, SignInFailure.Invalid);

    public async ValueTask<SignInResult> WithToken(string token, string protocol, IPAddress remote, CancellationToken cancellation)
    {
        if (token == "expired") return new SignInResult(null, SignInFailure.Expired);
        return token.StartsWith("token-of-", StringComparison.Ordinal) && await directory.Find(token[9..], cancellation) is { } entry
            ? In(entry)
            : new SignInResult(null, SignInFailure.Invalid);
    }

    public CancellationToken Revoked(long session) => _sessions.GetOrAdd(session, _ => new CancellationTokenSource()).Token;

    public void Revoke(AccountId account) => _sessions[account.Value].Cancel();

    SignInResult In(DirectoryEntry entry) => new(new Caller(entry.Account, entry.Address, entry.Account.Value, Caller.AllScopes));
}
