using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarEvent/declineProposal</c>: to who proposed another time, that the event stays where it is. docs/protocols/calendar.md.</summary>
sealed class CalendarEventDeclineProposal(Proposals proposals)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var reference = CalendarIds.ReadEvent(call.Arguments.Text("id")) ?? throw new JmapException("notFound", "There is no such event.");
        if (await proposals.Decline(call.Caller, call.Account, reference, call.Arguments.Text("calendarAddress"), call.Arguments.TextOrNull("comment"), call.Cancellation) is { } error)
        {
            var refused = CalendarSetErrors.Of(error);
            throw new JmapException(refused.Type == "invalidProperties" ? "invalidArguments" : refused.Type, refused.Description);
        }

        return new JsonObject { ["accountId"] = call.Account.ToString() };
    }
}
