using System.Net;
using Bastide.Platform.Accounts;

namespace Bastide.Identity;

/// <summary>
/// Who administers, for the authorisation and the audit log of every operation on people, teams and domains. Whether
/// they may is looked up in the transaction of the operation.
/// </summary>
public sealed record Actor
{
    Actor(AccountId? person, string name, long? session, IPAddress? remote, bool hasScope)
    {
        Person = person;
        Name = name;
        Session = session;
        Remote = remote;
        HasScope = hasScope;
    }

    /// <summary>Whoever runs the program on its machine: may do everything.</summary>
    public static Actor Operator { get; } = new(null, "operator", null, null, hasScope: true);

    /// <summary>The person; null for the operator.</summary>
    public AccountId? Person { get; }

    /// <summary>The name in the audit log: the person's address.</summary>
    public string Name { get; }

    /// <summary>The session the request came with.</summary>
    public long? Session { get; }

    /// <summary>Where the request came from.</summary>
    public IPAddress? Remote { get; }

    /// <summary>Whether the credential covers administration (scope <c>admin</c>).</summary>
    internal bool HasScope { get; }

    /// <summary>Whether this is the operator.</summary>
    public bool IsOperator => Person is null;

    /// <summary>A signed-in person, at an address.</summary>
    public static Actor Of(Caller caller, IPAddress? remote) =>
        new(caller.Person, caller.Address, caller.Session, remote, caller.May(Scopes.Admin));

    /// <summary>Somebody acting on their own account before or without a session (signing in, recovering).</summary>
    internal static Actor Self(AccountId person, string address, IPAddress? remote) => new(person, address, null, remote, hasScope: false);

    /// <summary>Somebody who is not signed in.</summary>
    internal static Actor Nobody(string name, IPAddress? remote) => new(default(AccountId), name, null, remote, hasScope: false);
}
