using Bastide.Protocols.Jmap;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Drive.Jmap;

/// <summary>The methods, types and capabilities of files, each method in the file of its name.</summary>
sealed class FileJmapMethods(IServiceProvider services) : IJmapMethods
{
    const string FileNodes = FileCapabilities.FileNodes;
    const string Extensions = FileCapabilities.Extensions;

    public void Register(JmapMethodTable table)
    {
        table.AddCapability(FileNodes, _ => [], FileCapabilities.OfFileNodes);
        table.AddCapability(Extensions, _ => [], FileCapabilities.OfExtensions);
        table.AddType(DriveTypes.FileNode, FileNodes);
        table.AddQuotaType(DriveTypes.FileNode);
        table.Add("FileNode/get", FileNodes, Make<FileNodeGet>().Handle);
        table.Add("FileNode/changes", FileNodes, Make<FileNodeChanges>().Handle);
        table.Add("FileNode/query", FileNodes, Make<FileNodeQuery>().Handle);
        table.Add("FileNode/queryChanges", FileNodes, FileNodeQueryChanges.Handle);
        table.Add("FileNode/set", FileNodes, Make<FileNodeSet>().Handle);
        table.Add("FileNode/emptyTrash", Extensions, Make<FileNodeEmptyTrash>().Handle);
        table.Add("FileVersion/get", Extensions, Make<FileVersionGet>().Handle);
        table.Add("FileVersion/restore", Extensions, Make<FileVersionRestore>().Handle);
        table.Add("FileVersion/destroy", Extensions, Make<FileVersionDestroy>().Handle);
    }

    T Make<T>() => ActivatorUtilities.CreateInstance<T>(services);
}
