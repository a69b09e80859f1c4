using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarEvent/queryChanges</c>: for queries that do not expand recurrences.</summary>
sealed class CalendarEventQueryChanges(EventFinder finder)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryChangesRequest.Parse(call);
        var query = EventConditions.Query(call, request.Filter, request.Sort);
        if (await finder.Changes(call.Caller, call.Account, query, request.SinceQueryState, call.Cancellation) is not var (state, removed, added, total)) throw ChangesRequest.CannotCalculate();
        if (removed.Count + added.Count > request.MaxChanges) throw new JmapException("tooManyChanges", "There are more changes than maxChanges: query again.");
        return QueryChangesAnswer.Make(call, request.SinceQueryState.ToString(), state.ToString(), request.CalculateTotal ? total : null,
            removed.Select(CalendarIds.Event.Write), added.Select(entry => (CalendarIds.Event.Write(entry.Id), entry.Index)));
    }
}
