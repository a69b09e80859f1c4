using System.Globalization;
using System.Text.Json;
using Bastide.Abstractions.Identity;
using Bastide.Abstractions.Mail;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;

namespace Bastide.Calendar.Scheduling;

/// <summary>
/// What comes by mail from people elsewhere (RFC 6047). It is believed only where the mail is from whom the message says it
/// is; people here are never spoken for by mail: their calendars tell by themselves.
/// </summary>
sealed class IMipArrival(JobQueue jobs, IDirectory directory, ICalendarMail mail, ITipReceiver receiver) : ICalendarMailListener, IJobHandler
{
    const string JobKind = "calendar-imip";

    public string Kind => JobKind;

    public int Concurrency => 1;

    public async ValueTask Arrived(WriteScope scope, AccountId account, BlobId message) =>
        await jobs.Enqueue(scope, new JobRequest(JobKind, JsonSerializer.Serialize(new IMipPayload(account.Value, message.ToString()), SchedulingJson.Default.IMipPayload)));

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var payload = JsonSerializer.Deserialize(job.Payload, SchedulingJson.Default.IMipPayload)!;
        var account = new AccountId(payload.Account);
        if (await mail.Read(BlobId.Parse(payload.Blob, CultureInfo.InvariantCulture), cancellation) is not { } arrived) return JobResult.Done;
        if (arrived.From is not [var from] || await directory.Find(account, cancellation) is not { } entry) return JobResult.Done;
        ITipMessage message;
        try
        {
            message = ITipMessage.Read(arrived.Part.Text.Span, CalendarAddress.Of(from), CalendarAddress.Of(entry.Address));
        }
        catch (ICalFormatException)
        {
            // People see the mail all the same.
            return JobResult.Done;
        }

        // RFC 6047 §2.2.4: the part and its content say the same, or nothing.
        if (arrived.Part.Method.Length > 0 && ITipMessage.MethodOf(arrived.Part.Method) != message.Method) return JobResult.Done;
        if (await IsTrusted(message, from, cancellation)) await receiver.Receive(account, message, cancellation);
        return JobResult.Done;
    }

    async ValueTask<bool> IsTrusted(ITipMessage message, string from, CancellationToken cancellation)
    {
        var organizer = message.Object.Components.Select(component => component.Property("ORGANIZER")).FirstOrDefault(property => property is not null);
        if (organizer is null || await directory.Find(from, cancellation) is not null) return false;
        if (message.Method is ITipMethod.Reply or ITipMethod.Refresh) return true;
        if (CalendarAddress.MailOf(organizer.Value) is not { } author || await directory.Find(author, cancellation) is not null) return false;
        return CalendarAddress.IsSame(author, from) || (organizer.Parameter("SENT-BY") is { } sentBy && CalendarAddress.IsSame(sentBy, CalendarAddress.Of(from)));
    }
}
