using System.Collections.Frozen;
using Bastide.Platform.Accounts;

namespace Bastide.Identity.Oidc;

/// <summary>What a valid access token says.</summary>
sealed record AccessToken(AccountId Account, long Session, FrozenSet<string> Scopes, DateTimeOffset ExpiresAt);
