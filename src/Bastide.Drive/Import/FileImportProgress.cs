namespace Bastide.Drive.Import;

/// <summary>How far an import of files has come.</summary>
/// <param name="Added">Files that were not there.</param>
/// <param name="Updated">Files that were there with other octets, which are versions now.</param>
/// <param name="AlreadyThere">Files that were there as they are.</param>
/// <param name="Refused">What was not taken in.</param>
/// <param name="Octets">The octets that were looked at.</param>
/// <param name="TotalOctets">All there are to look at.</param>
/// <param name="Errors">Why what was refused since the last step was: its path and a sentence.</param>
public sealed record FileImportProgress(long Added, long Updated, long AlreadyThere, long Refused, long Octets, long TotalOctets, IReadOnlyList<string> Errors);
