using Bastide.Platform.Accounts;

namespace Bastide.Identity.Store;

/// <summary>What a sign-in compares with.</summary>
sealed record PersonCredentials(
    AccountId Account,
    string Address,
    string Name,
    bool IsDisabled,
    string? PasswordHash,
    string? TotpKey,
    string SecurityStamp,
    DateTimeOffset PasswordChangedAt)
{
    public bool HasSecondFactor => TotpKey is not null;
}
