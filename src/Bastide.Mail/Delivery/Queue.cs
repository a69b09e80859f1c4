using System.Text.Json;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;

namespace Bastide.Mail.Delivery;

/// <summary>
/// The durable queue of mail: a message, its recipients, and a job for each domain they belong to (the empty one is this
/// server). What is added within a transaction is delivered exactly when that transaction commits.
/// </summary>
sealed class Queue(JobQueue jobs, TimeProvider time)
{
    /// <summary>The kind of the jobs.</summary>
    public const string Kind = "mail-delivery";

    /// <summary>Adds a message for recipients who all wait. Answers its number.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="mail">The message.</param>
    /// <param name="recipients">At least one.</param>
    /// <param name="at">When the first attempt is made; null for at once.</param>
    public async ValueTask<long> Add(WriteScope scope, OutgoingMail mail, IReadOnlyList<RoutedRecipient> recipients, DateTimeOffset? at = null)
    {
        var id = await Keep(scope, mail, recipients.Select(r => (r, Delivered.Queued, Submissions.QueuedReply)));
        await Begin(scope, id, recipients.Select(r => r.Domain).Distinct(), at);
        return id;
    }

    /// <summary>Keeps a message and how it stands with its recipients, and begins nothing.</summary>
    public async ValueTask<long> Keep(WriteScope scope, OutgoingMail mail, IEnumerable<(RoutedRecipient Recipient, Delivered Status, string Reply)> recipients)
    {
        var id = await OutgoingTable.Insert(scope, mail, time.GetUtcNow());
        await OutgoingTable.InsertRecipients(scope, id, recipients);
        return id;
    }

    /// <summary>Begins to deliver a message that was kept, to these domains.</summary>
    public ValueTask Begin(WriteScope scope, long message, IEnumerable<string> domains, DateTimeOffset? at = null) =>
        jobs.EnqueueMany(scope, [.. domains.Select(domain => new JobRequest(
            Kind,
            JsonSerializer.Serialize(new DeliveryPayload(message, domain), DeliveryJson.Default.DeliveryPayload),
            at,
            $"{message}/{domain}"))]);
}
