namespace Bastide.Drive;

/// <summary>What came of a change.</summary>
/// <param name="Refused">Why it was refused, or null.</param>
/// <param name="Node">What it came to; null where it was refused or the node is gone.</param>
public readonly record struct FileOutcome(FileError? Refused, FileNode? Node)
{
    /// <summary>It was refused.</summary>
    public static implicit operator FileOutcome(FileError error) => FromFileError(error);

    /// <summary>It was refused.</summary>
    public static FileOutcome FromFileError(FileError error) => new(error, null);
}
