namespace Bastide.Calendar.Sources;

/// <summary>Why a source could not be read.</summary>
/// <param name="Type"><c>unreachable</c>, <c>forbiddenAddress</c>, <c>httpStatus</c>, <c>notCalendar</c>, <c>tooLarge</c> or <c>overQuota</c>.</param>
/// <param name="Description">A sentence.</param>
public sealed record SourceError(string Type, string Description);
