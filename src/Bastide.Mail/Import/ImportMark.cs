namespace Bastide.Mail.Import;

/// <summary>Where a message stands in a folder of another server; once it is stored, what lies before need not be asked for again.</summary>
/// <param name="Source">The server, the user and the folder.</param>
/// <param name="UidValidity">Of the folder.</param>
/// <param name="Uid">Of the message.</param>
sealed record ImportMark(string Source, uint UidValidity, uint Uid);
