using Bastide.Drive.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Search;

namespace Bastide.Drive;

/// <summary>What files are found by: their names, and those of the folders they stand in.</summary>
sealed class FileIndexSource(Database database) : IIndexSource
{
    public DataType Type => DriveTypes.FileNode;

    public ValueTask<ItemChanges?> Changed(AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        database.Read(scope => NodeTable.Items.Since(scope, account, since, limit), cancellation);

    public async ValueTask<IReadOnlyList<SearchDocument>> Load(AccountId account, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        var paths = await database.Read(scope => NodeTable.Paths(scope, account, ids), cancellation);
        // What stands in the trash is still found there; the root is nobody's find.
        return [.. paths.Where(path => path.Value[^1].Role == FileRole.None).Select(path => new SearchDocument(path.Key, Title: path.Value[^1].Name, Sender: "", Recipients: "", Body: "", Names: ""))];
    }
}
