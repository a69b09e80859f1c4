namespace Bastide.Platform.Accounts;

/// <summary>What one account lets another do, on itself whole or on one collection.</summary>
/// <param name="Account">The account that is reached.</param>
/// <param name="Collection">The collection, or null for the whole account.</param>
/// <param name="Grantee">Who may.</param>
/// <param name="Rights">What.</param>
public sealed record Grant(AccountId Account, CollectionRef? Collection, AccountId Grantee, Rights Rights);
