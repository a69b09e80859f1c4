using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarEventNotification/queryChanges</c>: they come and go, and never change.</summary>
sealed class EventNotificationQueryChanges(EventNotifications notifications)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryChangesRequest.Parse(call);
        var changes = await notifications.Changes(call.Caller, call.Account, request.SinceQueryState, int.MaxValue - 1, call.Cancellation) ?? throw ChangesRequest.CannotCalculate();
        var (all, state) = await notifications.All(call.Caller, call.Account, call.Cancellation);
        // What came after the state that is told is told next time.
        if (state != changes.New) throw ChangesRequest.CannotCalculate();
        var found = EventNotificationQuery.Find(all, request.Filter, request.Sort);
        var added = found.Select((note, index) => (note.Id, Index: (long)index)).Where(note => changes.Created.Contains(note.Id)).ToList();
        if (changes.Destroyed.Count + added.Count > request.MaxChanges) throw new JmapException("tooManyChanges", "There are more changes than maxChanges: query again.");
        return QueryChangesAnswer.Make(call, changes.Old.ToString(), changes.New.ToString(), request.CalculateTotal ? found.Count : null,
            changes.Destroyed.Select(EventNotificationProperties.Id.Write), added.Select(note => (EventNotificationProperties.Id.Write(note.Id), note.Index)));
    }
}
