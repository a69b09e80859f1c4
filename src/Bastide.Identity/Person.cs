using Bastide.Platform.Accounts;

namespace Bastide.Identity;

/// <summary>A person of the workplace, as administrators see them.</summary>
/// <param name="Account">Their account.</param>
/// <param name="Address">Their primary address: the user name on every protocol.</param>
/// <param name="Name">What others read.</param>
/// <param name="Aliases">Their other addresses.</param>
/// <param name="IsAdministrator">Whether they administer a domain or the whole workplace.</param>
/// <param name="IsDisabled">Whether they may not sign in at present.</param>
/// <param name="HasSecondFactor">Whether signing in asks for a code.</param>
/// <param name="Quota">The most octets their items may take; null for no bound.</param>
/// <param name="CreatedAt">When they came.</param>
public sealed record Person(
    AccountId Account,
    string Address,
    string Name,
    IReadOnlyList<string> Aliases,
    bool IsAdministrator,
    bool IsDisabled,
    bool HasSecondFactor,
    long? Quota,
    DateTimeOffset CreatedAt);
