using System.Globalization;
using System.Text.Json;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Protocols.Smtp;
using Microsoft.Extensions.Logging;

namespace Bastide.Mail.Delivery;

/// <summary>
/// One attempt to deliver one message to the people of one domain. What it came to is noted in one transaction together
/// with the reports it gives rise to. A job that is run twice delivers once to people here; to other servers a message
/// goes twice only when this server fell after they took it and before that was noted, as RFC 5321 §6.1 allows.
/// </summary>
sealed class DeliveryJob(Database database, LocalDelivery local, RemoteDelivery remote, Queue queue, DeliveryReports reports, DeliveryLimits limits, TimeProvider time, ILogger<DeliveryJob> logger) : IJobHandler
{
    static readonly SmtpReply GivenUp = new(554, "5.4.7", "It could not be delivered in time");

    public string Kind => Queue.Kind;

    public int Concurrency => 16;

    // Time, not the number of attempts, decides when a message is given up.
    public int MaxAttempts => int.MaxValue;

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var (id, domain) = JsonSerializer.Deserialize(job.Payload, DeliveryJson.Default.DeliveryPayload)!;
        var (message, recipients) = await database.Read(async scope => (await OutgoingTable.Find(scope, id), await OutgoingTable.Queued(scope, id, domain)), cancellation);
        if (message is null || recipients.Count == 0) return JobResult.Done;

        var addresses = recipients.Select(r => r.Address).ToList();
        var prepared = domain == RoutedRecipient.Here ? await local.Prepare(message.Message, addresses, cancellation) : null;
        var results = prepared is null
            ? await remote.Send(message, domain, addresses, cancellation)
            : [.. prepared.Recipients.Select(r => r.Refusal).OfType<RecipientResult>()];
        var next = time.GetUtcNow() + limits.PauseAfter(job.Attempt);
        var attempt = new Attempt(message, recipients, [.. results.Select(r => InTime(message, next, r))], prepared);
        var report = await reports.Make(attempt, next, cancellation);
        var waits = await database.Write(scope => Conclude(scope, attempt, report), cancellation);
        foreach (var same in attempt.Results.GroupBy(r => r.Status)) DeliveryMeter.Attempted(same.Key, same.Count());
        foreach (var failed in attempt.Results.Where(r => r.Status == Delivered.No))
            logger.LogInformation("Message {Message} to the domain {Domain} failed: {Reply}", id, domain, failed.Reply.Enhanced ?? failed.Reply.Code.ToString(CultureInfo.InvariantCulture));
        return waits is null ? JobResult.Done : JobResult.Again(waits, next);
    }

    /// <summary>What would wait for an attempt after the time is over fails now.</summary>
    RecipientResult InTime(OutgoingMessage message, DateTimeOffset next, RecipientResult result)
    {
        if (result.Status != Delivered.Queued || next - message.CreatedAt <= limits.GiveUpAfter) return result;
        return result with { Status = Delivered.No, Reply = new SmtpReply(554, "5.4.7", [.. GivenUp.Lines, $"The last answer was: {result.Reply}"]) };
    }

    /// <summary>Writes what came of the attempt; answers why somebody still waits, or null when nobody does.</summary>
    async ValueTask<string?> Conclude(WriteScope scope, Attempt attempt, DeliveryReport? report)
    {
        var open = await OutgoingTable.Take(scope, attempt.Recipients.Select(r => r.Id));
        var mine = attempt.Recipients.Where(r => open.Contains(r.Id)).ToLookup(r => r.Address, r => r.Id, StringComparer.Ordinal);
        if (mine.Count == 0) return null;
        var results = attempt.Results.Where(r => mine.Contains(r.Address)).ToList();
        if (attempt.Prepared is { } prepared)
        {
            var still = prepared with { Recipients = [.. prepared.Recipients.Where(r => r.Entry is not null && mine.Contains(r.Address))] };
            results.AddRange(await local.Deliver(scope, still, attempt.Message.Sender));
        }

        foreach (var same in results.GroupBy(r => (r.Status, Reply: r.Reply.ToString(), r.Remote)))
            await OutgoingTable.Conclude(scope, same.SelectMany(r => mine[r.Address]), same.Key.Status, same.Key.Reply, same.Key.Remote);
        if (report is not null)
        {
            await OutgoingTable.ToldDelayed(scope, report.ToldDelayed);
            await queue.Add(scope, report.Mail, [report.Recipient]);
        }

        if (attempt.Message.Submission is { } submission && await SubmissionTable.AccountOf(scope, submission) is { } account)
            await SubmissionTable.Changed(scope, submission, await scope.Advance(account, Submissions.Type));
        await OutgoingTable.Sweep(scope, attempt.Message.Id);
        return results.Find(r => r.Status == Delivered.Queued)?.Reply.ToString();
    }
}
