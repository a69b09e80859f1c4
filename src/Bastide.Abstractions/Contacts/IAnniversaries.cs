using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Abstractions.Contacts;

/// <summary>
/// The days of the people in an account's address books that come back every year. Offered by the contacts module; a calendar
/// of birthdays reads them again when the type <see cref="Type"/> of the account moves in the change feed.
/// </summary>
public interface IAnniversaries
{
    /// <summary>What moves when they change.</summary>
    DataType Type { get; }

    /// <summary>All of an account, and the position they are of; null where nothing moved since a position.</summary>
    ValueTask<(IReadOnlyList<Anniversary> Days, Sequence State)?> Since(AccountId account, Sequence? known, CancellationToken cancellation);
}
