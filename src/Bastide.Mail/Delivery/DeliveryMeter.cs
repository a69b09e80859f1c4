using System.Diagnostics.Metrics;
using Bastide.Platform.Telemetry;

namespace Bastide.Mail.Delivery;

/// <summary>The numbers delivery tells of itself.</summary>
static class DeliveryMeter
{
    static readonly Counter<long> Attempts = BastideMeter.Meter.CreateCounter<long>("bastide.delivery.attempts", "{recipient}", "Recipients an attempt of the queue was made for, by outcome");

    public static void Attempted(Delivered outcome, long recipients) => Attempts.Add(recipients, new KeyValuePair<string, object?>("outcome", outcome switch
    {
        Delivered.Yes => "delivered",
        Delivered.Unknown => "relayed",
        Delivered.No => "failed",
        _ => "deferred",
    }));
}
