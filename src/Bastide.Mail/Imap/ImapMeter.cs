using System.Diagnostics.Metrics;
using Bastide.Platform.Telemetry;

namespace Bastide.Mail.Imap;

/// <summary>The numbers IMAP tells of itself.</summary>
static class ImapMeter
{
    static readonly UpDownCounter<long> Connections = BastideMeter.Meter.CreateUpDownCounter<long>("bastide.imap.connections", "{connection}", "IMAP connections that are open");
    static readonly Histogram<double> Commands = BastideMeter.Meter.CreateHistogram<double>("bastide.imap.commands", "ms", "How long commands took, by verb");

    public static void Opened() => Connections.Add(1);

    public static void Closed() => Connections.Add(-1);

    public static void Served(string verb, TimeSpan took) => Commands.Record(took.TotalMilliseconds, new KeyValuePair<string, object?>("verb", verb));
}
