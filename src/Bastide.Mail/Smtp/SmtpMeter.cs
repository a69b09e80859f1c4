using System.Diagnostics.Metrics;
using Bastide.Platform.Telemetry;

namespace Bastide.Mail.Smtp;

/// <summary>The numbers SMTP tells of itself.</summary>
static class SmtpMeter
{
    static readonly UpDownCounter<long> Connections = BastideMeter.Meter.CreateUpDownCounter<long>("bastide.smtp.connections", "{connection}", "SMTP connections that are open");
    static readonly Counter<long> Messages = BastideMeter.Meter.CreateCounter<long>("bastide.smtp.messages", "{message}", "Messages whose end came, by listener and reply code");
    static readonly Counter<long> Octets = BastideMeter.Meter.CreateCounter<long>("bastide.smtp.octets", "By", "Octets of the messages that were taken");

    public static void Opened(SmtpListenerKind kind) => Connections.Add(1, ListenerOf(kind));

    public static void Closed(SmtpListenerKind kind) => Connections.Add(-1, ListenerOf(kind));

    public static void Ended(bool isSubmission, int code, long octets)
    {
        Messages.Add(1, new KeyValuePair<string, object?>("listener", isSubmission ? "submission" : "transfer"), new KeyValuePair<string, object?>("code", code));
        if (code == 250) Octets.Add(octets);
    }

    static KeyValuePair<string, object?> ListenerOf(SmtpListenerKind kind) => new("listener", kind == SmtpListenerKind.Transfer ? "transfer" : "submission");
}
