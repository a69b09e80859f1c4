using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav;

/// <summary>A message in the scheduling inbox (RFC 6638 §2.2).</summary>
sealed class ScheduleMessage(ScheduleInbox inbox, long id, string name, DateTimeOffset at, byte[] text) : DavResource(inbox.Path.Child(name), inbox.Home)
{
    /// <summary>The message, METHOD included.</summary>
    public ReadOnlyMemory<byte> Text => text;

    public override Rights Rights => inbox.Rights;

    public override string? ETag => CalendarResource.Quoted(ObjectContent.ETagOf(text));

    public override DateTimeOffset? Created => at;

    public override DateTimeOffset? Modified => at;

    public override long? ContentLength => text.Length;

    public override string? ContentType => "text/calendar; charset=utf-8";

    public override ValueTask<DavBody?> Open(DavCall call) => new(DavBody.Of(text));

    public override ValueTask<DavError?> Delete(DavCall call, DavGuard guard) => inbox.Take(call, id);
}
