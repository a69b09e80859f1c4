using System.Collections.Frozen;
using Bastide.Platform.Accounts;

namespace Bastide.Identity;

/// <summary>A session that was open a moment ago, as this node remembers it.</summary>
sealed class LiveSession(
    long id,
    AccountId account,
    string address,
    SessionKind kind,
    FrozenSet<string> scopes,
    string? clientId,
    DateTimeOffset authenticatedAt,
    DateTimeOffset lastSeenAt,
    string lastAddress)
{
    public long Id { get; } = id;

    public AccountId Account { get; } = account;

    /// <summary>The person's primary address.</summary>
    public string Address { get; } = address;

    public SessionKind Kind { get; } = kind;

    public FrozenSet<string> Scopes { get; } = scopes;

    public string? ClientId { get; } = clientId;

    /// <summary>When the person last proved who they are in it.</summary>
    public DateTimeOffset AuthenticatedAt { get; } = authenticatedAt;

    /// <summary>When it was last written that the session is used; that is kept coarse.</summary>
    public DateTimeOffset LastSeenAt { get; set; } = lastSeenAt;

    public string LastAddress { get; set; } = lastAddress;

    /// <summary>When this node last asked for it, by its clock's timestamp.</summary>
    public long UsedAt { get; set; }

    public Caller Caller(FrozenSet<string> scopes) => new(Account, Address, Id, scopes);
}
