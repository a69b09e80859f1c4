using Bastide.Platform.Jobs;
using Microsoft.Extensions.Logging;

namespace Bastide.Platform.Blobs;

/// <summary>Once a day: removes the blobs that nothing refers to any more.</summary>
sealed class CleanUp(BlobStore blobs, BlobUploads uploads, ILogger<CleanUp> logger) : IJobHandler
{
    public string Kind => "clean-up";

    public int Concurrency => 1;

    public TimeSpan? Every => TimeSpan.FromDays(1);

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var freed = await uploads.Sweep(blobs, cancellation);
        if (freed > 0) logger.LogInformation("{Octets} octets of blobs that nothing referred to were removed", freed);
        return JobResult.Done;
    }
}
