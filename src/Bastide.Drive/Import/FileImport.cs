using System.Runtime.CompilerServices;
using Bastide.Platform.Accounts;

namespace Bastide.Drive.Import;

/// <summary>
/// Takes in a file, or a directory with all below it, as files of an account. Run again it takes in what is new or changed: what
/// has the size and the moment of the one that is there is not read. Links are not followed.
/// </summary>
public sealed class FileImport
{
    readonly FileNodes _nodes;
    readonly Files _files;
    readonly UploadedFile _uploads;

    /// <summary>Made by the container.</summary>
    internal FileImport(FileNodes nodes, Files files, UploadedFile uploads) => (_nodes, _files, _uploads) = (nodes, files, uploads);

    /// <summary>Takes in what is at a path, into the root of the account; a directory's members, not itself.</summary>
    public async IAsyncEnumerable<FileImportProgress> Run(AccountId account, string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var caller = new Caller(account, "", 0, Caller.AllScopes);
        var root = await _nodes.Find(caller, account, Array.Empty<string>(), cancellation) ?? throw new IOException("The account holds no files.");
        var count = new Count { Total = TotalOf(path) };
        if (!Directory.Exists(path))
        {
            await Take(caller, root, new FileInfo(path), count, cancellation);
            yield return count.Tell();
            yield break;
        }

        // Folders still to be gone through, each with where it goes to.
        var left = new Stack<(DirectoryInfo From, FilePath To)>([(new DirectoryInfo(path), root)]);
        while (left.TryPop(out var folder))
        {
            foreach (var entry in folder.From.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
            {
                if (entry.LinkTarget is not null) count.Refuse(entry, "Links are not followed.");
                else if (entry is FileInfo file) await Take(caller, folder.To, file, count, cancellation);
                else if (await Folder(caller, folder.To, (DirectoryInfo)entry, count, cancellation) is { } made) left.Push(((DirectoryInfo)entry, made));
                yield return count.Tell();
            }
        }
    }

    async ValueTask<FilePath?> Folder(Caller caller, FilePath parent, DirectoryInfo from, Count count, CancellationToken cancellation)
    {
        if (FileNames.Of(from.Name) is { } name && await _nodes.Members(caller, parent, [name], cancellation) is [{ Node.IsFolder: true } there]) return there;
        var made = await _files.MakeFolder(caller, parent.Node.Account, parent.Node.Id, from.Name, new FileFacts(Modified: from.LastWriteTimeUtc), [], FileCondition.None, cancellation);
        if (made.Refused is { } refused) count.Refuse(from, refused.Description);
        return made.Node is { } node ? new FilePath([.. parent.Nodes, node], parent.Rights) : null;
    }

    async ValueTask Take(Caller caller, FilePath parent, FileInfo from, Count count, CancellationToken cancellation)
    {
        count.Octets += from.Length;
        var there = FileNames.Of(from.Name) is { } name && await _nodes.Members(caller, parent, [name], cancellation) is [var present] ? present.Node : null;
        var modified = DateTimeOffset.FromUnixTimeMilliseconds(new DateTimeOffset(from.LastWriteTimeUtc).ToUnixTimeMilliseconds());
        if (there is { IsFolder: false } && there.Size == from.Length && there.Modified == modified)
        {
            count.AlreadyThere++;
            return;
        }

        await using var content = from.OpenRead();
        var (stored, checksum, _) = await _uploads.Take(content, null, cancellation);
        if (there?.Blob == stored.Id)
        {
            count.AlreadyThere++;
            return;
        }

        var put = await _files.Put(caller, parent.Node.Account, parent.Node.Id, from.Name, new FileContent(stored.Id, stored.Size, MediaTypes.Of(from.Name, null), modified, checksum), null, FileCondition.None, cancellation);
        if (put.Refused is { } refused) count.Refuse(from, refused.Description);
        else if (there is null) count.Added++;
        else count.Updated++;
    }

    static long TotalOf(string path) => File.Exists(path)
        ? new FileInfo(path).Length
        : new DirectoryInfo(path).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(file => file.Length);

    sealed class Count
    {
        readonly List<string> _errors = [];
        long _refused;

        public long Added { get; set; }

        public long Updated { get; set; }

        public long AlreadyThere { get; set; }

        public long Octets { get; set; }

        public long Total { get; init; }

        public void Refuse(FileSystemInfo entry, string why)
        {
            _refused++;
            _errors.Add($"{entry.FullName}: {why}");
        }

        public FileImportProgress Tell()
        {
            var told = new FileImportProgress(Added, Updated, AlreadyThere, _refused, Octets, Total, [.. _errors]);
            _errors.Clear();
            return told;
        }
    }
}
