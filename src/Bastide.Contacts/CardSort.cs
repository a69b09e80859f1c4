namespace Bastide.Contacts;

/// <summary>One criterion of an order.</summary>
/// <param name="Property">By what.</param>
/// <param name="IsAscending">Smallest first.</param>
public readonly record struct CardSort(CardSortProperty Property, bool IsAscending);
