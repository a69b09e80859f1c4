using Bastide.Platform.Accounts;

namespace Bastide.Platform.Changes;

/// <summary>Said after the commit: these types of this account changed, and its sequence is now at least <paramref name="Seq"/>.</summary>
/// <param name="Account">The account that changed.</param>
/// <param name="Types">What changed; empty when only "something" is known (a wake-up from another process).</param>
/// <param name="Seq">The position of the change.</param>
public sealed record AccountChanged(AccountId Account, IReadOnlyList<DataType> Types, Sequence Seq);
