using System.Collections.Frozen;

namespace Bastide.Platform.Accounts;

/// <summary>
/// Who asks, for every operation of every module and protocol. Made once when a request or a connection is
/// authenticated; grants are looked up by <c>Access</c> when they are needed, so that they are never stale.
/// </summary>
/// <param name="Person">The signed-in person's own account.</param>
/// <param name="Address">The person's primary address; the user name on every protocol.</param>
/// <param name="Session">The row of the session table this rests on; a revoked session is refused everywhere.</param>
/// <param name="Scopes">What the credential may do; a password and an app password of no scope carry <see cref="AllScopes"/>.</param>
public sealed record Caller(AccountId Person, string Address, long Session, FrozenSet<string> Scopes)
{
    /// <summary>Every scope there is, under one name.</summary>
    public const string Everything = "*";

    /// <summary>The scopes of a full credential.</summary>
    public static FrozenSet<string> AllScopes { get; } = FrozenSet.Create(Everything);

    /// <summary>Whether the credential covers the scope (<c>mail</c>, <c>calendar</c>, <c>admin</c>…).</summary>
    public bool May(string scope) => Scopes.Contains(Everything) || Scopes.Contains(scope);
}
