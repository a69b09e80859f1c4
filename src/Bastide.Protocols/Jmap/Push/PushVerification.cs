using System.Text.Json.Nodes;
using Bastide.Abstractions.Jmap;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;

namespace Bastide.Protocols.Jmap.Push;

/// <summary>
/// Sends a <c>PushVerification</c> (RFC 8620 §7.2.2): only who can read what is posted to the address learns the code, so
/// that nobody can make the server post to others. A device that cannot be reached for a day is forgotten.
/// </summary>
sealed class PushVerification(IPushSubscriptions subscriptions, Database database, PushSender sender, TimeProvider time) : IJobHandler
{
    const int MostAttempts = 10;

    public string Kind => PushJobs.Verification;

    public int Concurrency => 8;

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var target = await database.Read(scope => subscriptions.Find(scope, PushJobs.Subscription(job)), cancellation);
        if (target is null || target.Subscription.IsVerified) return JobResult.Done;
        var subscription = target.Subscription;
        var outcome = await sender.Send(subscription, new JsonObject
        {
            ["@type"] = "PushVerification",
            ["pushSubscriptionId"] = PushSubscriptionId.Write(subscription.Id),
            ["verificationCode"] = subscription.VerificationCode,
        }, cancellation);
        if (outcome.Kind == PushOutcomeKind.Accepted) return JobResult.Done;
        if (outcome.Kind == PushOutcomeKind.TryAgain && job.Attempt < MostAttempts)
            return JobResult.Again(outcome.Reason, outcome.RetryAfter is { } wait ? time.GetUtcNow() + wait : null);
        await database.Write(scope => subscriptions.Remove(scope, subscription.Id), cancellation);
        return JobResult.Done;
    }
}
