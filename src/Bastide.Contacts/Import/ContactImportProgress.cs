namespace Bastide.Contacts.Import;

/// <summary>How far an import is.</summary>
/// <param name="Read">Cards read so far.</param>
/// <param name="Added">Of these, those that were stored.</param>
/// <param name="AlreadyThere">Those whose uid the account had already.</param>
/// <param name="Refused">Those that are none, or that the account had no room for.</param>
/// <param name="Octets">Octets of the source read so far.</param>
/// <param name="TotalOctets">Octets of the source in all.</param>
/// <param name="Errors">Why cards were refused since the last time, each with its file and line.</param>
public sealed record ContactImportProgress(long Read, long Added, long AlreadyThere, long Refused, long Octets, long TotalOctets, IReadOnlyList<string> Errors);
