namespace Bastide.Testing;

/// <summary>A directory of its own that goes when it is disposed.</summary>
public sealed class TempDirectory : IDisposable
{
    public TempDirectory() => Path = Directory.CreateTempSubdirectory("bastide-test-").FullName;

    public string Path { get; }

    /// <summary>The path of something below it.</summary>
    public string Below(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The test removed it itself.
        }
    }
}
