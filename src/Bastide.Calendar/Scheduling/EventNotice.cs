using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Calendar.Scheduling;

/// <summary>What is to be told somebody of what others did to an event of theirs.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Uid">To which event.</param>
/// <param name="ByName">Who did it.</param>
/// <param name="ByAddress">Their calendar address.</param>
/// <param name="Event">The event as it was before, or as it came.</param>
/// <param name="Patch">What changed.</param>
/// <param name="Message">The message, as programs read it in the scheduling inbox; null where none came.</param>
sealed record EventNotice(EventNotificationKind Kind, string Uid, string ByName, string ByAddress, JsonObject Event, JsonObject? Patch, byte[]? Message)
{
    public long? EventId { get; init; }

    public AccountId? ByAccount { get; init; }

    public string? Comment { get; init; }

    /// <summary>What a message and the change it made say; null where there is no event to tell of.</summary>
    public static EventNotice? Of(ITipMessage message, CalendarObject? present, CalendarObject after, CancellationToken cancellation)
    {
        var now = EventSeries.Read(after, cancellation);
        var before = present is null ? null : EventSeries.Read(present, cancellation).FirstOrDefault();
        if (after.Kind != "VEVENT" || (before ?? now.FirstOrDefault()) is not { } told) return null;
        var patch = before is null || now.Count == 0 ? null : JsonPointers.Difference(before, now[0]);
        foreach (var name in new[] { "updated", "sequence", "created" }) patch?.Remove(name);
        var by = Person(message);
        return new EventNotice(before is null ? EventNotificationKind.Created : EventNotificationKind.Updated, after.Uid, by?.Parameter("CN") ?? CalendarAddress.MailOf(message.Sender) ?? message.Sender, message.Sender, told, patch, message.Write())
        {
            Comment = message.Object.Components.Select(component => component.Text("COMMENT")).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)),
        };
    }

    static ICalProperty? Person(ITipMessage message) =>
        message.Object.Components.SelectMany(component => component.PropertiesOf("ATTENDEE").Concat(component.PropertiesOf("ORGANIZER")))
            .Where(property => CalendarAddress.IsSame(property.Value, message.Sender)).OrderByDescending(property => property.Parameter("CN") is not null).FirstOrDefault();
}
