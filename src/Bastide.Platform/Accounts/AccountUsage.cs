using Bastide.Platform.Changes;

namespace Bastide.Platform.Accounts;

/// <summary>What one type of item takes of an account's quota.</summary>
/// <param name="Type">The type.</param>
/// <param name="Octets">Their size together.</param>
/// <param name="Items">How many there are.</param>
public readonly record struct AccountUsage(DataType Type, long Octets, long Items);
