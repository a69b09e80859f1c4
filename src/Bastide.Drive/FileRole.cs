namespace Bastide.Drive;

/// <summary>What a node is for, where it stands in nothing.</summary>
public enum FileRole
{
    /// <summary>A file or folder like any other.</summary>
    None,

    /// <summary>What all files of an account stand in.</summary>
    Root,

    /// <summary>What was thrown away stands in.</summary>
    Trash,
}
