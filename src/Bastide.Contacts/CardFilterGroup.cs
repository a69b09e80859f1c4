namespace Bastide.Contacts;

/// <summary>Several filters together.</summary>
/// <param name="Operator">AND, OR, or NOT (none of them).</param>
/// <param name="Filters">The filters.</param>
public sealed record CardFilterGroup(string Operator, IReadOnlyList<CardFilter> Filters) : CardFilter;
