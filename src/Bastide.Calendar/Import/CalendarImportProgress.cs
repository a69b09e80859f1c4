namespace Bastide.Calendar.Import;

/// <summary>How far an import is.</summary>
/// <param name="TotalOctets">Octets of the source.</param>
/// <param name="Octets">Octets that are done.</param>
/// <param name="Added">Objects that came.</param>
/// <param name="Updated">Objects that were there in an older form.</param>
/// <param name="AlreadyThere">Objects that were there as new.</param>
/// <param name="Refused">Objects, and files, that are none.</param>
/// <param name="Errors">Why those of the last step were refused: file, line and reason.</param>
public sealed record CalendarImportProgress(long TotalOctets, long Octets, int Added, int Updated, int AlreadyThere, int Refused, IReadOnlyList<string> Errors);
