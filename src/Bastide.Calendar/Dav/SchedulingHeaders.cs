using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav;

/// <summary>The headers that say how a change is told to others (RFC 6638 §8).</summary>
static class SchedulingHeaders
{
    const string Tag = "Schedule-Tag";

    /// <summary>What the client says of messages: <c>Schedule-Reply: F</c>, <c>If-Schedule-Tag-Match</c>.</summary>
    public static SchedulingWishes Read(DavCall call)
    {
        var headers = call.Http.Request.Headers;
        var isSilent = headers["Schedule-Reply"].ToString().Trim().Equals("F", StringComparison.OrdinalIgnoreCase);
        var tag = headers["If-Schedule-Tag-Match"].ToString().Trim();
        return new SchedulingWishes(!isSilent, tag.Length == 0 ? null : tag.Trim('"'));
    }

    /// <summary>Tells the tag of an object that invites people.</summary>
    public static void Write(DavCall call, StoredObject stored)
    {
        if (stored.ScheduleTag is { } tag) call.Http.Response.Headers[Tag] = CalendarResource.Quoted(tag);
    }
}
