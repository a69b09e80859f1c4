using Bastide.Calendar.Store;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;

namespace Bastide.Calendar.Alarms;

/// <summary>Forgets alarms that went off more than a day ago.</summary>
sealed class AlarmCleanUp(Database database, TimeProvider time) : IJobHandler
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public string Kind => "calendar-alarms";

    public TimeSpan? Every => TimeSpan.FromHours(6);

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        await database.Write(scope => AlarmTable.Forget(scope, (time.GetUtcNow() - Kept).ToUnixTimeSeconds()), cancellation);
        return JobResult.Done;
    }
}
