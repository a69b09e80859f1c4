using System.Net;
using Bastide.Platform.Accounts;

namespace Bastide.Abstractions.Identity;

/// <summary>Authenticates connections of the protocols that are not HTTP, and watches over their sessions.</summary>
public interface ISignIn
{
    /// <summary>
    /// A user name (full address, or the local part on the primary domain) with the account's password or an app password.
    /// Takes as long for a name that does not exist. Counts failures per account and per address and delays.
    /// </summary>
    /// <param name="user">The user name.</param>
    /// <param name="password">The password.</param>
    /// <param name="protocol">What asks: <c>imap</c>, <c>smtp</c>, <c>jmap</c>, <c>dav</c>; it must be within the app password's scopes.</param>
    /// <param name="remote">The peer's address.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<SignInResult> WithPassword(string user, string password, string protocol, IPAddress remote, CancellationToken cancellation);

    /// <summary>An OAuth 2.0 access token (Bearer, OAUTHBEARER, XOAUTH2).</summary>
    ValueTask<SignInResult> WithToken(string token, string protocol, IPAddress remote, CancellationToken cancellation);

    /// <summary>
    /// A token that is cancelled within a second after the session is revoked (by the person, an administrator, a
    /// changed password, on any node). Long polls and open connections link to it.
    /// </summary>
    CancellationToken Revoked(long session);
}
