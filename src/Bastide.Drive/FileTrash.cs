using Bastide.Drive.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Drive;

/// <summary>What was thrown away: listed, put back (<see cref="Files.Restore"/>), and destroyed after a while.</summary>
public sealed class FileTrash(Database database, Files files, TimeProvider time)
{
    /// <summary>How long what was thrown away is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    const int Page = 200;

    /// <summary>A page of what was thrown away, the latest first, each with what is known of it; nothing for who does not see the whole account.</summary>
    public ValueTask<IReadOnlyList<(FilePath File, TrashedFile Trashed)>> List(Caller caller, AccountId account, TrashedFile? after, int limit, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<(FilePath, TrashedFile)>>(async scope =>
        {
            var rights = await FileRights.Of(scope, caller, account);
            if (!rights.SeesAll) return [];
            var page = await TrashTable.Page(scope, account, after?.Deleted ?? DateTimeOffset.MaxValue, after?.Node ?? 0, limit);
            var paths = await NodeTable.Paths(scope, account, page.ConvertAll(trashed => trashed.Node));
            return [.. page.Where(trashed => paths.ContainsKey(trashed.Node)).Select(trashed => (new FilePath(paths[trashed.Node], rights.Whole), trashed))];
        }, cancellation);

    /// <summary>Destroys all that was thrown away; answers how much.</summary>
    public async Task<int> Empty(Caller caller, AccountId account, CancellationToken cancellation)
    {
        var destroyed = 0;
        while (await List(caller, account, null, Page, cancellation) is { Count: > 0 } page)
        {
            var before = destroyed;
            foreach (var (file, _) in page)
                if ((await files.Destroy(caller, account, file.Node.Id, withMembers: true, cancellation)).Refused is null)
                    destroyed++;
            if (destroyed == before) break;
        }

        return destroyed;
    }

    /// <summary>Destroys what was thrown away longer ago than <see cref="Kept"/>, in every account; answers how much.</summary>
    internal async Task<int> EmptyOld(CancellationToken cancellation)
    {
        var destroyed = 0;
        while (await database.Read(scope => TrashTable.Old(scope, time.GetUtcNow() - Kept, Page), cancellation) is { Count: > 0 } page)
        {
            foreach (var (account, node) in page)
            {
                await database.Write(async scope =>
                {
                    if (await FileTransaction.Begin(scope, account, account, time.GetUtcNow()) is not { } work || await work.Path(node) is not { } path) return;
                    await work.Destroy(path);
                    await work.Settle();
                }, cancellation);
                destroyed++;
            }
        }

        return destroyed;
    }
}
