using Bastide.Platform.Accounts;

namespace Bastide.Identity;

/// <summary>A session as its person sees it.</summary>
sealed record Session(
    long Id,
    AccountId Account,
    SessionKind Kind,
    string Client,
    string? ClientId,
    string? AuthorizationId,
    long? Parent,
    string Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset AuthenticatedAt,
    DateTimeOffset LastSeenAt,
    string LastAddress);
