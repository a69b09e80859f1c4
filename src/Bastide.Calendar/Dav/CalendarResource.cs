using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav;

/// <summary>A calendar object (RFC 4791 §4.1).</summary>
sealed class CalendarResource(CalendarCollection calendar, StoredObject stored) : DavResource(calendar.Path.Child(stored.Resource), calendar.Home)
{
    /// <summary>The object; its text where it was asked for.</summary>
    public StoredObject Stored => stored;

    /// <summary>The calendar it is in.</summary>
    public CalendarCollection Parent => calendar;

    /// <summary>What a report tells of the text, where that is not all of it.</summary>
    public ReadOnlyMemory<byte>? Told { get; set; }

    public override Rights Rights => calendar.Rights;

    public override string? ETag => Quoted(stored.ETag);

    public override DateTimeOffset? Created => stored.CreatedAt;

    public override DateTimeOffset? Modified => stored.UpdatedAt;

    public override long? ContentLength => stored.Size;

    public override string? ContentType => stored.Kind switch
    {
        CalendarKinds.Task => "text/calendar; charset=utf-8; component=VTODO",
        CalendarKinds.Journal => "text/calendar; charset=utf-8; component=VJOURNAL",
        CalendarKinds.Availability => "text/calendar; charset=utf-8; component=VAVAILABILITY",
        _ => "text/calendar; charset=utf-8; component=VEVENT",
    };

    /// <summary>An entity tag as headers have it.</summary>
    public static string Quoted(string etag) => $"\"{etag}\"";

    public override async ValueTask<DavBody?> Open(DavCall call)
    {
        SchedulingHeaders.Write(call, stored);
        var text = stored.Text ?? (await calendar.Objects.Find(call.Caller, Home!.Account, stored.CalendarId, stored.Resource, withText: true, call.Cancellation))?.Text;
        return text is { } octets ? DavBody.Of(octets) : null;
    }

    public override ValueTask<DavStored> Replace(DavCall call, DavUpload upload, DavGuard guard) => calendar.Store(call, stored.Resource, upload, guard.ETag?.Trim('"'), isNew: false);

    public override async ValueTask<DavError?> Delete(DavCall call, DavGuard guard) =>
        await calendar.Objects.Remove(call.Caller, Home!.Account, stored.CalendarId, stored.Resource, guard.ETag?.Trim('"'), SchedulingHeaders.Read(call), call.Cancellation) is { } error ? CalDavErrors.Of(error, this) : null;
}
