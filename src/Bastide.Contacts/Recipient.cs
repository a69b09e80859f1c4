using Bastide.Platform.Accounts;

namespace Bastide.Contacts;

/// <summary>Somebody, or a group, that may be meant by what was typed.</summary>
/// <param name="Name">What they are called, or null.</param>
/// <param name="Emails">Their address; those of all members, for a group.</param>
/// <param name="Source">Where they were found.</param>
/// <param name="Score">How likely they are meant: larger is likelier.</param>
public sealed record Recipient(string? Name, IReadOnlyList<(string? Name, string Email)> Emails, RecipientSource Source, double Score)
{
    /// <summary>Their card, where they have one, and the account it is in.</summary>
    public (AccountId Account, long Card)? Card { get; init; }
}
