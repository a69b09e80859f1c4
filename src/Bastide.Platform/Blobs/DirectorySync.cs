using System.Runtime.InteropServices;

namespace Bastide.Platform.Blobs;

/// <summary>
/// Makes a rename survive a power cut: on POSIX the directory itself is flushed, which .NET has no call for.
/// </summary>
static partial class DirectorySync
{
    const int OpenReadOnly = 0;

    /// <summary>Flushes the directory's entries to the disk; does nothing on Windows, where the file system does it.</summary>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(directory, OpenReadOnly);
        if (descriptor < 0) throw new IOException($"The directory {directory} cannot be opened to flush it (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (Fsync(descriptor) != 0) throw new IOException($"The directory {directory} cannot be flushed (error {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
