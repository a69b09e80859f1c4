namespace Bastide.Platform.Search;

/// <summary>A query as a sub-select, to stand in <c>id IN (…)</c> of a module's own statement.</summary>
/// <param name="Sql">The sub-select; the same text for every query of an engine and parameter number.</param>
/// <param name="Arg">What to bind as its one parameter.</param>
public sealed record SearchClause(string Sql, string Arg);
