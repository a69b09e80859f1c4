using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarEvent/query</c>; with <c>expandRecurrences</c> each occurrence has an id of its own.</summary>
sealed class CalendarEventQuery(EventFinder finder)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryRequest.Parse(call);
        var result = await finder.Query(call.Caller, call.Account, EventConditions.Query(call, request.Filter, request.Sort), call.Cancellation);
        if (result.Refs is null) throw new JmapException("cannotCalculateOccurrences", "There are more occurrences than can be told: ask for a shorter time.");
        var (position, ids) = request.Window([.. result.Refs.Select(CalendarIds.Write)]);
        return QueryAnswer.Make(call, request, result.State.ToString(), result.CanCalculateChanges, position, ids, result.Refs.Count);
    }
}
