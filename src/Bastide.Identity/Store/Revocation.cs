using Bastide.Platform.Accounts;

namespace Bastide.Identity.Store;

/// <summary>What every node forgets: a session, or all it knows of an account.</summary>
sealed record Revocation(long Number, AccountId? Account, long? Session);
