using Bastide.Abstractions.Jmap;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;

namespace Bastide.Protocols.Jmap.Push;

/// <summary>Forgets subscriptions that have expired or whose session has ended. Until then they are merely not used.</summary>
sealed class PushExpiry(IPushSubscriptions subscriptions, Database database) : IJobHandler
{
    public string Kind => PushJobs.Expiry;

    public TimeSpan? Every => TimeSpan.FromHours(1);

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        await database.Write(async scope => { await subscriptions.RemoveEnded(scope); }, cancellation);
        return JobResult.Done;
    }
}
