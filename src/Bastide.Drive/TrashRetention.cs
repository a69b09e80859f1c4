using Bastide.Platform.Jobs;
using Microsoft.Extensions.Logging;

namespace Bastide.Drive;

/// <summary>Once a day: destroys what was thrown away long enough ago.</summary>
sealed class TrashRetention(FileTrash trash, ILogger<TrashRetention> logger) : IJobHandler
{
    public string Kind => "drive-trash";

    public int Concurrency => 1;

    public TimeSpan? Every => TimeSpan.FromDays(1);

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var destroyed = await trash.EmptyOld(cancellation);
        if (destroyed > 0) logger.LogInformation("{Count} files and folders were in the trash for {Days} days and are destroyed", destroyed, FileTrash.Kept.Days);
        return JobResult.Done;
    }
}
