using Bastide.Abstractions.Jmap;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;

namespace Bastide.Protocols.Jmap.Push;

/// <summary>
/// Tells a device what changed since it was told last (RFC 8620 §7.2). Where it stands is noted after the push service
/// has the message, so that none is lost; one may come twice. What fails waits longer each time; a device that takes
/// nothing for days is forgotten, and one whose subscription the service no longer knows at once.
/// </summary>
sealed class PushDelivery(IPushSubscriptions subscriptions, StateWatch watch, Database database, PushSender sender, TimeProvider time) : IJobHandler
{
    const int MostFailures = 15;
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestPause = TimeSpan.FromHours(12);

    public string Kind => PushJobs.Delivery;

    public int Concurrency => 16;

    // The subscription counts its own failures, because each change asks for the job anew.
    public int MaxAttempts => int.MaxValue;

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var target = await database.Read(scope => subscriptions.Find(scope, PushJobs.Subscription(job)), cancellation);
        if (target is not { Subscription: { IsVerified: true } subscription }) return JobResult.Done;
        if (subscription.NotBefore is { } notBefore && notBefore > time.GetUtcNow()) return JobResult.Again("The push service is left alone for a while.", notBefore);
        if (StatePosition.Parse(subscription.Position) is not { } told) return JobResult.Done;
        var types = subscription.Types?.Select(name => new DataType(name)).ToHashSet();
        var (change, position) = await watch.Since(target.Caller, types, told, cancellation);
        if (change is null) return JobResult.Done;
        // What is longer than a push message can be (by the UID that somebody gave it) is not told this way.
        var objects = change.Objects.Where(pushed => JmapJson.ToOctets(pushed).Length <= WebPushEncryption.LongestText);
        foreach (var message in objects.Concat(change.InPartsOf(WebPushEncryption.LongestText).Select(part => part.ToJson())))
        {
            var outcome = await sender.Send(subscription, message, cancellation);
            if (outcome.Kind != PushOutcomeKind.Accepted) return await Failed(subscription, outcome, cancellation);
        }

        await database.Write(scope => subscriptions.Delivered(scope, subscription with { Position = position.ToString(), Failures = 0, NotBefore = null }), cancellation);
        return JobResult.Done;
    }

    async ValueTask<JobResult> Failed(PushSubscription subscription, PushOutcome outcome, CancellationToken cancellation)
    {
        if (outcome.Kind == PushOutcomeKind.Gone || subscription.Failures + 1 >= MostFailures)
        {
            await database.Write(scope => subscriptions.Remove(scope, subscription.Id), cancellation);
            return JobResult.Done;
        }

        var grown = FirstPause * Math.Pow(2, subscription.Failures);
        var pause = outcome.RetryAfter ?? (grown < LongestPause ? grown : LongestPause) * (0.8 + (Random.Shared.NextDouble() * 0.4));
        var notBefore = time.GetUtcNow() + pause;
        await database.Write(scope => subscriptions.Delivered(scope, subscription with { Failures = subscription.Failures + 1, NotBefore = notBefore }), cancellation);
        return JobResult.Again(outcome.Reason, notBefore);
    }
}
