using System.Globalization;
using System.Text.Json;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;

namespace Bastide.Mail.Delivery;

/// <summary>Sends a held message when its time comes (RFC 4865). A message that was taken back is not there any more.</summary>
sealed class SubmissionRelease(Database database, Queue queue) : IJobHandler
{
    public const string JobKind = "mail-release";

    public string Kind => JobKind;

    public int MaxAttempts => 1000;

    /// <summary>The name of a submission's job.</summary>
    public static string KeyOf(long submission) => submission.ToString(CultureInfo.InvariantCulture);

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var held = JsonSerializer.Deserialize(job.Payload, DeliveryJson.Default.ReleasePayload)!;
        await database.Write(async scope =>
        {
            var domains = await OutgoingTable.QueuedDomains(scope, held.Message);
            if (domains.Count == 0) return;
            // A submission that was destroyed meanwhile does not keep its message back (RFC 8621 §7.5).
            if (await SubmissionTable.AccountOf(scope, held.Submission) is { } account)
            {
                var seq = await scope.Advance(account, Submissions.Type);
                await SubmissionTable.Move(scope, held.Submission, UndoStatus.Pending, UndoStatus.Final, seq);
            }

            await queue.Begin(scope, held.Message, domains);
        }, cancellation);
        return JobResult.Done;
    }
}
