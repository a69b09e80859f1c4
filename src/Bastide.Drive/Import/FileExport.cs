using System.Runtime.CompilerServices;
using Bastide.Abstractions.Export;
using Bastide.Drive.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Drive.Import;

/// <summary>Writes the files of an account as they stand, folder by folder, with their moments. What was thrown away is not among them.</summary>
sealed class FileExport(Database database, BlobStore blobs) : IAccountExport
{
    const int Page = 200;

    public string What => "files";

    public async IAsyncEnumerable<long> Export(AccountId account, string directory, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await database.Read(scope => NodeTable.Root(scope, account, FileRole.Root), cancellation) is not { } root) yield break;
        var written = 0L;
        var left = new Stack<(FileNode Folder, string To)>([(root, Path.Combine(directory, "files"))]);
        while (left.TryPop(out var folder))
        {
            Directory.CreateDirectory(folder.To);
            var after = "";
            while (await database.Read(scope => NodeTable.Page(scope, folder.Folder.Id, after, Page), cancellation) is { Count: > 0 } page)
            {
                foreach (var node in page)
                {
                    // A name here is one of the file system, too: no slash, no step, 255 octets at most.
                    var to = Path.Combine(folder.To, node.Name);
                    if (node.IsFolder) left.Push((node, to));
                    else
                    {
                        await Write(node, to, cancellation);
                        written++;
                    }
                }

                after = page[^1].Name;
                yield return written;
            }
        }
    }

    async ValueTask Write(FileNode file, string to, CancellationToken cancellation)
    {
        await using (var content = await blobs.Open(file.Blob!.Value, cancellation) ?? throw new InvalidDataException($"The octets of {file.Name} are gone."))
        await using (var target = File.Create(to)) await content.CopyToAsync(target, cancellation);
        File.SetLastWriteTimeUtc(to, file.Modified.UtcDateTime);
    }
}
