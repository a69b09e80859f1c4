namespace Bastide.Abstractions.Contacts;

/// <summary>A day of somebody that comes back every year.</summary>
/// <param name="Uid">The uid of their card, the same as long as there is the card.</param>
/// <param name="Key">What tells the days of one card apart.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Kind">What day it is: <c>birth</c>, <c>death</c>, <c>wedding</c>, or a word of a vendor's own (RFC 9553 §2.8.1).</param>
/// <param name="Year">The year, or null where it is not known.</param>
/// <param name="Month">The month.</param>
/// <param name="Day">The day of the month; 29 February too.</param>
public sealed record Anniversary(string Uid, string Key, string Name, string Kind, int? Year, int Month, int Day);
