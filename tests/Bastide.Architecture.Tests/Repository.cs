using System.Runtime.CompilerServices;

namespace Bastide.Architecture.Tests;

/// <summary>The sources these tests were built from.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Files below a folder, by their path from the root; what a build made is left out.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    static string Find([CallerFilePath] string here = "")
    {
        for (var directory = Path.GetDirectoryName(here); directory is not null; directory = Path.GetDirectoryName(directory))
            if (File.Exists(Path.Combine(directory, "Bastide.slnx")))
                return directory;
        throw new DirectoryNotFoundException("These tests read the repository they were built in.");
    }
}
