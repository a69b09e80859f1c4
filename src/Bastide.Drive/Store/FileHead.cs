namespace Bastide.Drive.Store;

/// <summary>What a node is found and sorted by.</summary>
sealed record FileHead(long Id, long? Parent, FileRole Role, string Name, bool IsFolder, long Size, string? Type, bool IsExecutable, DateTimeOffset Created, DateTimeOffset Modified);
