using Bastide.Calendar.Store;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;

namespace Bastide.Calendar.Attachments;

/// <summary>
/// Forgets what is attached to nothing any more. Not at once: a client that takes something away may put it back, and one that
/// replaces an event removes it first.
/// </summary>
sealed class AttachmentCleanUp(Database database, TimeProvider time) : IJobHandler
{
    const int PageSize = 500;
    static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public string Kind => "calendar-attachments";

    public TimeSpan? Every => TimeSpan.FromHours(12);

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        for (var after = Array.Empty<byte>(); ;)
        {
            var page = await database.Read(scope => AttachmentTable.Page(scope, after, PageSize), cancellation);
            if (page.Count == 0) return JobResult.Done;
            after = page[^1].TokenHash;
            var changed = page.FindAll(one => one.IsHeld ? one.OrphanedAt is not null : one.OrphanedAt is null || one.OrphanedAt < now - Kept);
            if (changed.Count == 0) continue;
            await database.Write(async scope =>
            {
                foreach (var (token, orphanedAt, isHeld) in changed)
                {
                    if (isHeld || orphanedAt is null) await AttachmentTable.SetOrphaned(scope, token, isHeld ? null : now);
                    else await AttachmentTable.DeleteOrphaned(scope, token);
                }
            }, cancellation);
        }
    }
}
