using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarEvent/propose</c>: another time, to who invited. docs/protocols/calendar.md.</summary>
sealed class CalendarEventPropose(Proposals proposals)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var reference = CalendarIds.ReadEvent(call.Arguments.Text("id")) ?? throw new JmapException("notFound", "There is no such event.");
        var start = JSTime.Read(call.Arguments.Text("start")) ?? throw JmapException.InvalidArguments("start is a LocalDateTime, as 2026-11-23T09:30:00.");
        ICalDuration? duration = null;
        if (call.Arguments.TextOrNull("duration") is { } text) duration = JSTime.ReadDuration(text, isSigned: false) ?? throw JmapException.InvalidArguments("duration is a Duration, as PT1H.");
        if (await proposals.Send(call.Caller, call.Account, reference, start, duration, call.Arguments.TextOrNull("comment"), call.Cancellation) is { } error)
        {
            var refused = CalendarSetErrors.Of(error);
            throw new JmapException(refused.Type, refused.Description);
        }

        return new JsonObject { ["accountId"] = call.Account.ToString() };
    }
}
