using System.Globalization;
using System.IO.Enumeration;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Import;

/// <summary>Reads messages that are files of their own: <c>.eml</c> files and Maildirs.</summary>
static class FileSources
{
    /// <summary>The files of a path, for the inbox; in a directory those with the names of messages.</summary>
    public static IEnumerable<string> Eml(string path)
    {
        if (File.Exists(path)) return [path];
        return Below(path)
            .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".eml" or ".msg" or ".mail" or ".txt" or "" && Path.GetFileName(file)[0] != '.')
            .Order(StringComparer.Ordinal);
    }

    /// <summary>The files of a Maildir and its folders (Maildir++: <c>.Name.Sub</c>; or plain directories that hold <c>cur</c>).</summary>
    public static IEnumerable<(string File, IReadOnlyList<string> Mailbox)> Maildir(string path)
    {
        foreach (var folder in Below(path, directories: true).Append(path).Where(IsMaildir).Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(path, folder);
            IReadOnlyList<string> mailbox = relative == "."
                ? ["Inbox"]
                : [.. relative.Split(Path.DirectorySeparatorChar).SelectMany(name => name.StartsWith('.') ? name[1..].Split('.') : [name]).Where(name => name.Length > 0).Select(ModifiedUtf7.Decode)];
            foreach (var sub in new[] { "cur", "new" })
                if (Directory.Exists(Path.Combine(folder, sub)))
                    foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, sub)).Order(StringComparer.Ordinal))
                        yield return (file, mailbox);
        }
    }

    /// <summary>The files below a directory, or its directories. A link to a directory is not followed: it may lead around.</summary>
    public static IEnumerable<string> Below(string path, bool directories = false) =>
        new FileSystemEnumerable<string>(path, (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.IsDirectory == directories && !(directories && entry.Attributes.HasFlag(FileAttributes.ReparsePoint)),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };

    /// <summary>One message. What its file says of flags and time is taken where it is a Maildir's.</summary>
    public static async ValueTask<ImportedMessage> Read(string file, IReadOnlyList<string> mailbox, bool isMaildir, CancellationToken cancellation)
    {
        await using var stream = new FileStream(file, new FileStreamOptions { Mode = FileMode.Open, Share = FileShare.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        using var reader = new LineReader(stream);
        await using var spool = new Spool();
        while (await reader.Next(cancellation) is { IsEmpty: false } line) await spool.WriteLine(line, cancellation);
        var content = spool.Take();
        return isMaildir
            ? new ImportedMessage(content, mailbox, ArrivedAt(file), ImportedFlags.FromFileName(Path.GetFileName(file)))
            : new ImportedMessage(content, mailbox, null, ImportedFlags.FromHeader(content).Keywords);
    }

    static bool IsMaildir(string folder) => Directory.Exists(Path.Combine(folder, "cur")) || Directory.Exists(Path.Combine(folder, "new"));

    /// <summary>A Maildir file is named by the second it arrived at; its time of modification is kept by those that copy with care.</summary>
    static DateTimeOffset ArrivedAt(string file)
    {
        var name = Path.GetFileName(file);
        var seconds = name[..Math.Max(0, name.IndexOf('.'))];
        return long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var unix) && unix is > 100_000_000 and < 10_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(unix)
            : File.GetLastWriteTimeUtc(file);
    }
}
