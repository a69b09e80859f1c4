using System.Text.Json.Nodes;
using Bastide.Abstractions.Jmap;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Platform.Limits;
using Bastide.Protocols.Jmap.Methods;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Protocols.Jmap.Push;

/// <summary>The methods and the capability of Web Push.</summary>
sealed class PushMethods(IPushSubscriptions subscriptions, Database database, JobQueue jobs, Limiter limiter, Vapid vapid, TimeProvider time, IServiceProvider services) : IJmapMethods
{
    const string VapidCapability = "urn:ietf:params:jmap:webpush-vapid";

    public void Register(JmapMethodTable table)
    {
        // Asked for late: the watch knows the table that is being made here.
        var watch = new Lazy<StateWatch>(services.GetRequiredService<StateWatch>);
        // RFC 9749 §3.
        table.AddCapability(VapidCapability, _ => new JsonObject { ["applicationServerKey"] = vapid.PublicKey }, (_, _, _) => null);
        table.Add("PushSubscription/get", CoreMethods.Core, new PushSubscriptionGet(subscriptions, database).Handle, needsAccount: false);
        table.Add("PushSubscription/set", CoreMethods.Core, new PushSubscriptionSet(subscriptions, database, jobs, limiter, time, watch).Handle, needsAccount: false);
    }
}
