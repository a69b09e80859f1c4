using Bastide.Platform.Accounts;

namespace Bastide.Drive;

/// <summary>Where something shall stand.</summary>
/// <param name="Account">The account.</param>
/// <param name="Folder">The folder.</param>
/// <param name="Name">The name there.</param>
/// <param name="Replaces">Whether what has the name now is thrown away for it.</param>
/// <param name="Renames">Whether it gets another name where this is taken: <c>a (2).txt</c>.</param>
public sealed record FilePlace(AccountId Account, long Folder, string Name, bool Replaces = false, bool Renames = false);
