using Bastide.Platform.Changes;

namespace Bastide.Drive;

/// <summary>The types of item that files tell changes of, by their JMAP names (draft-ietf-jmap-filenode).</summary>
public static class DriveTypes
{
    /// <summary>Files and folders.</summary>
    public static DataType FileNode { get; } = new("FileNode");
}
