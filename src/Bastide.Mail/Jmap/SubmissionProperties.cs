using System.Text.Json.Nodes;
using Bastide.Mail.Delivery;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>The EmailSubmission object. RFC 8621 §7.</summary>
static class SubmissionProperties
{
    public static readonly ObjectProperties<Submission> All = new(
        ("id", s => WireId.Submission.Write(s.Id)),
        ("identityId", s => WireId.Identity.Write(s.IdentityId)),
        ("emailId", s => WireId.Email.Write(s.EmailId)),
        ("threadId", s => WireId.Thread.Write(s.ThreadId)),
        ("envelope", s => new JsonObject
        {
            ["mailFrom"] = Address(s.Envelope.MailFrom),
            ["rcptTo"] = new JsonArray([.. s.Envelope.RcptTo.Select(Address)]),
        }),
        ("sendAt", s => JmapDates.WriteUtc(s.SendAt)),
        ("undoStatus", s => UndoStatusOf(s.UndoStatus)),
        ("deliveryStatus", s => DeliveryStatusOf(s.DeliveryStatus)),
        ("dsnBlobIds", _ => new JsonArray()),
        ("mdnBlobIds", _ => new JsonArray()));

    public static string UndoStatusOf(UndoStatus status) => status switch
    {
        UndoStatus.Pending => "pending",
        UndoStatus.Canceled => "canceled",
        _ => "final",
    };

    static JsonObject Address(EnvelopeAddress address) => new() { ["email"] = address.Email, ["parameters"] = Parameters(address.Parameters) };

    static JsonObject? Parameters(IReadOnlyDictionary<string, string?>? parameters)
    {
        if (parameters is null) return null;
        var written = new JsonObject();
        foreach (var (name, value) in parameters) written[name] = value;
        return written;
    }

    static JsonObject DeliveryStatusOf(IReadOnlyList<DeliveryStatus> statuses)
    {
        var written = new JsonObject();
        foreach (var status in statuses)
            written[status.Recipient] = new JsonObject
            {
                ["smtpReply"] = status.SmtpReply,
                ["delivered"] = status.Delivered switch
                {
                    Delivered.Queued => "queued",
                    Delivered.Yes => "yes",
                    Delivered.No => "no",
                    _ => "unknown",
                },
                ["displayed"] = "unknown",
            };
        return written;
    }
}
