namespace Bastide.Contacts.Store;

/// <summary>A day of a card that comes back every year.</summary>
/// <param name="Key">Its key among the anniversaries of the card.</param>
/// <param name="Kind">What it is: <c>birth</c>, <c>death</c>, <c>wedding</c>.</param>
/// <param name="Year">The year, or null where it is not known.</param>
/// <param name="Month">The month.</param>
/// <param name="Day">The day of the month.</param>
readonly record struct CardDay(string Key, string Kind, long? Year, long Month, long Day);
