using Bastide.Platform.Changes;

namespace Bastide.Contacts.Store;

/// <summary>What a query needs of a card, beside what it looks for in texts.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">What it is of.</param>
/// <param name="FullName">What people read.</param>
/// <param name="Given">The first given name, or null.</param>
/// <param name="Surname">The first surname, or null.</param>
/// <param name="Surname2">The first second surname, or null.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it changed last.</param>
sealed record CardHead(long Id, string Kind, string FullName, string? Given, string? Surname, string? Surname2, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
