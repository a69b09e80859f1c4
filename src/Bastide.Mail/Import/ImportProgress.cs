namespace Bastide.Mail.Import;

/// <summary>How far an import is.</summary>
/// <param name="Read">Messages read so far.</param>
/// <param name="Added">Of these, those that were stored.</param>
/// <param name="AlreadyThere">Those that the account had already.</param>
/// <param name="Refused">Those that were empty, too large or unreadable, or that the account had no room for.</param>
/// <param name="Octets">Octets of the source read so far.</param>
/// <param name="TotalOctets">Octets of the source in all.</param>
/// <param name="LastError">Why the last refused one was refused, or null.</param>
public sealed record ImportProgress(long Read, long Added, long AlreadyThere, long Refused, long Octets, long TotalOctets, string? LastError = null);
