namespace Bastide.Drive;

/// <summary>Why something was refused.</summary>
/// <param name="Failure">The kind of refusal.</param>
/// <param name="Description">A sentence that tells what to do.</param>
public sealed record FileError(FileFailure Failure, string Description)
{
    /// <summary>What has the name already, with <see cref="FileFailure.AlreadyExists"/>.</summary>
    public long? ExistingId { get; init; }

    /// <summary>The property at fault, by its JMAP name.</summary>
    public string? Property { get; init; }

    internal static FileError NotFound { get; } = new(FileFailure.NotFound, "It does not exist.");

    internal static FileError StateMismatch { get; } = new(FileFailure.StateMismatch, "It changed since: read it again and decide anew.");

    internal static FileError Locked { get; } = new(FileFailure.Locked, "Somebody is working on it and holds a lock: try again when they are done.");

    internal static FileError OverQuota { get; } = new(FileFailure.OverQuota, "The account has no room left: remove something, empty the trash, or ask for more.");

    internal static FileError TooMany { get; } = new(FileFailure.TooManyItems, $"An account may hold {Files.Most} files and folders at most.");

    internal static FileError Name { get; } = new(FileFailure.InvalidName, $"A name has at most {FileNames.MostOctets} octets of UTF-8, no slash and no control character, and is not . or ..") { Property = "name" };

    internal static FileError TooDeep { get; } = new(FileFailure.InvalidPlace, $"Folders stand in one another {Files.Deepest} deep at most.") { Property = "parentId" };

    internal static FileError WithinItself { get; } = new(FileFailure.InvalidPlace, "A folder cannot stand in itself.") { Property = "parentId" };

    internal static FileError NoFolder { get; } = new(FileFailure.InvalidPlace, "Only a folder holds others.") { Property = "parentId" };

    internal static FileError Forbidden(string description) => new(FileFailure.Forbidden, description);

    internal static FileError Exists(FileNode node) => new(FileFailure.AlreadyExists, $"There is something named {node.Name} already.") { ExistingId = node.Id, Property = "name" };
}
