using System.Text;
using System.Text.Json;
using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;
using Bastide.Platform.Jobs;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;

namespace Bastide.Calendar.Scheduling;

/// <summary>Carries messages between calendars: to people here into their calendar, to others by mail, and proposals by mail to all.</summary>
sealed class ITipDelivery(IDirectory directory, ITipReceiver receiver, IMip mail) : IJobHandler
{
    /// <summary>The kind of the jobs.</summary>
    public const string JobKind = "calendar-itip";

    public string Kind => JobKind;

    // One after the other: what was said first arrives first.
    public int Concurrency => 1;

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var payload = JsonSerializer.Deserialize(job.Payload, SchedulingJson.Default.ITipPayload)!;
        ITipMessage message;
        try
        {
            message = ITipMessage.Read(Encoding.UTF8.GetBytes(payload.Text), payload.Sender, payload.Recipient) with { IsQuiet = payload.IsQuiet };
        }
        catch (ICalFormatException exception)
        {
            return JobResult.Dead(exception.Message);
        }

        if (CalendarAddress.MailOf(payload.Recipient) is not { } address) return JobResult.Done;
        // What is proposed is for people to read, here as elsewhere.
        var isForReaders = message.Method is ITipMethod.Counter or ITipMethod.DeclineCounter;
        if (!isForReaders && await directory.Find(address, cancellation) is { } entry) await receiver.Receive(entry.Account, message, cancellation);
        else if (!message.IsQuiet) await mail.Send(new AccountId(payload.Account), message, $"itip-{job.Id}", cancellation);
        return JobResult.Done;
    }
}
