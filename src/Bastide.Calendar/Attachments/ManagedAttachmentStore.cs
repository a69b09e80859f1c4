using System.Globalization;
using Bastide.Abstractions.Http;
using Bastide.Calendar.Links;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Settings;
using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar.Attachments;

/// <summary>The operations on what is attached to an object, on all of it or on some of its instances. RFC 8607 §3.</summary>
public sealed class ManagedAttachmentStore(CalendarObjects objects, BastideSettings settings, TimeProvider time)
{
    /// <summary>The most octets of something attached.</summary>
    public const long MostOctets = 25 << 20;

    const int MostAttempts = 5;

    /// <summary>Attaches something, to the named instances or to all (<c>attachment-add</c>).</summary>
    public Task<AttachmentOutcome> Add(
        Caller caller, AccountId account, long calendar, string resource, string? ifMatch, SchedulingWishes scheduling, AttachmentUpload upload, IReadOnlyList<string>? instances, CancellationToken cancellation) =>
        Change(caller, account, calendar, resource, ifMatch, scheduling, upload, null, (calendar, attachment) =>
        {
            if (!ManagedAttachments.Add(calendar, attachment!, instances)) return NoInstance;
            return ManagedAttachments.Count(calendar) > ManagedAttachments.Most ? new CalendarError(CalendarFailure.TooManyAttachments, $"At most {ManagedAttachments.Most} files are attached to an event: remove one.") : null;
        }, cancellation);

    /// <summary>Puts something in the place of what is attached (<c>attachment-update</c>).</summary>
    public Task<AttachmentOutcome> Update(
        Caller caller, AccountId account, long calendar, string resource, string? ifMatch, SchedulingWishes scheduling, string managedId, AttachmentUpload upload, CancellationToken cancellation) =>
        Change(caller, account, calendar, resource, ifMatch, scheduling, upload, managedId, (calendar, attachment) =>
        {
            ManagedAttachments.Update(calendar, managedId, attachment!);
            return null;
        }, cancellation);

    /// <summary>Takes away what is attached, from the named instances or from all (<c>attachment-remove</c>).</summary>
    public Task<AttachmentOutcome> Remove(
        Caller caller, AccountId account, long calendar, string resource, string? ifMatch, SchedulingWishes scheduling, string managedId, IReadOnlyList<string>? instances, CancellationToken cancellation) =>
        Change(caller, account, calendar, resource, ifMatch, scheduling, null, managedId, (calendar, _) => ManagedAttachments.Remove(calendar, managedId, instances) ? null : NoInstance, cancellation);

    static CalendarError NoInstance => new(CalendarFailure.InstanceNotFound, "There is no such instance: rid names RECURRENCE-IDs, or M for the series.");

    async Task<AttachmentOutcome> Change(
        Caller caller, AccountId account, long calendar, string resource, string? ifMatch, SchedulingWishes scheduling, AttachmentUpload? upload, string? present, Func<CalendarObject, ICalProperty?, CalendarError?> edit, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await objects.Find(caller, account, calendar, resource, withText: true, cancellation) is not { Text: { } text } stored) return Refused(CalendarError.NotFound);
            if (ifMatch is not null && ifMatch != stored.ETag) return Refused(CalendarError.StateMismatch);
            var read = CalendarObject.Of(ICalReader.ReadCalendar(text.Span, ICalLimits.Object));
            if (present is not null && !ManagedAttachments.Has(read, present)) return Refused(new CalendarError(CalendarFailure.AttachmentNotFound, "Nothing of this MANAGED-ID is attached: read the event again."));
            var (property, row) = upload is null ? default : Make(account, upload);
            if (edit(read, property) is { } refused) return Refused(refused);
            var outcome = await objects.Put(caller, account, calendar, resource, ICalWriter.Write(Stamped(read).Calendar), stored.ETag, false, scheduling, row, cancellation);
            // Somebody else changed it meanwhile: what is attached goes beside that.
            if (outcome.Refused?.Failure == CalendarFailure.StateMismatch && ifMatch is null && scheduling.Tag is null) continue;
            return new AttachmentOutcome(outcome, outcome.Refused is null ? upload?.Blob.Id.ToString() : null);
        }

        return Refused(CalendarError.StateMismatch);
    }

    /// <summary>An ATTACH, and the row of its address (RFC 8607 §4).</summary>
    (ICalProperty Property, AttachmentRow Row) Make(AccountId account, AttachmentUpload upload)
    {
        var token = LinkToken.New();
        // FMTTYPE has no parameters (RFC 5545 §3.2.8).
        var type = StoredFile.TypeOf(upload.Type).Split(';')[0].TrimEnd();
        var name = AttachmentAddress.NameOf(upload.Name, "attachment");
        var property = new ICalProperty("ATTACH", AttachmentAddress.Of(settings.Url, token, name))
            .WithParameter("MANAGED-ID", upload.Blob.Id.ToString())
            .WithParameter("FMTTYPE", type)
            .WithParameter("FILENAME", name)
            .WithParameter("SIZE", upload.Blob.Size.ToString(CultureInfo.InvariantCulture));
        return (property, new AttachmentRow(LinkToken.HashOf(token)!, account, upload.Blob.Id, type, upload.Blob.Size));
    }

    CalendarObject Stamped(CalendarObject calendar)
    {
        foreach (var component in calendar.Components)
            if (component.Property("LAST-MODIFIED") is not null)
                component.Set("LAST-MODIFIED", ICalTime.OfInstant(NodaTime.Instant.FromDateTimeOffset(time.GetUtcNow())).Value);
        return calendar;
    }

    static AttachmentOutcome Refused(CalendarError error) => new(PutOutcome.Of(error), null);
}
