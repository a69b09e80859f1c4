using System.Globalization;
using Bastide.Platform.Jobs;

namespace Bastide.Protocols.Jmap.Push;

/// <summary>The jobs of Web Push, one for each subscription: asked for again while it waits, it stays one.</summary>
static class PushJobs
{
    /// <summary>Tells a device what changed since it was told last.</summary>
    public const string Delivery = "web-push";

    /// <summary>Sends a device its verification code.</summary>
    public const string Verification = "web-push-verification";

    /// <summary>Forgets what has ended.</summary>
    public const string Expiry = "web-push-expiry";

    /// <summary>Asks for a job of a subscription.</summary>
    public static JobRequest For(string kind, long subscription)
    {
        var number = subscription.ToString(CultureInfo.InvariantCulture);
        return new JobRequest(kind, number, Key: number);
    }

    /// <summary>Which subscription a job is for.</summary>
    public static long Subscription(Job job) => long.Parse(job.Payload, CultureInfo.InvariantCulture);
}
