using Bastide.Platform.Db;
using Bastide.Platform.Jobs;

namespace Bastide.Mail.Delivery;

/// <summary>Forgets, once a day, what became of messages sent long ago. RFC 8621 §7 allows it.</summary>
sealed class SubmissionSweep(Database database, TimeProvider time) : IJobHandler
{
    const int AtOnce = 200;
    static readonly Sql DeleteOldReplies = new("DELETE FROM vacation_replies WHERE sent_at < $1");

    public string Kind => "mail-submission-sweep";

    public int Concurrency => 1;

    public TimeSpan? Every => TimeSpan.FromDays(1);

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var before = time.GetUtcNow() - Submissions.KeptFor;
        await database.Write(async scope => { await scope.Execute(DeleteOldReplies, before); }, cancellation);
        while (true)
        {
            var old = await database.Read(scope => SubmissionTable.Old(scope, before, AtOnce), cancellation);
            if (old.Count == 0) return JobResult.Done;
            foreach (var ofAccount in old.GroupBy(s => s.Account, s => s.Id))
                await database.Write(async scope =>
                {
                    await OutgoingTable.RemoveOf(scope, ofAccount);
                    await SubmissionTable.Destroy(scope, ofAccount.Key, [.. ofAccount]);
                }, cancellation);
        }
    }
}
