using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarEvent/get</c>; an id may be that of one instance of a series.</summary>
sealed class CalendarEventGet(CalendarEvents events)
{
    static readonly HashSet<string> Nothing = [];

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        // An event may have any property: what is asked for and not there has its default, or is null.
        var request = GetRequest.Parse(call, Nothing, name => name.Length > 0);
        var properties = EventProperties.Of(call, request.Properties);
        var refs = request.Ids is { } ids ? [.. ids.Select(CalendarIds.ReadEvent).OfType<EventRef>()] : await All(call);
        var (found, state) = await events.Get(call.Caller, call.Account, refs, call.Cancellation);
        var known = found.Select(record => record.Ref).ToHashSet();
        var notFound = (request.Ids ?? []).Where(id => CalendarIds.ReadEvent(id) is not { } reference || !known.Contains(reference));
        return GetAnswer.Make(call, state.ToString(), found.Select(properties.Write), notFound);
    }

    async ValueTask<List<EventRef>> All(JmapCall call)
    {
        var all = await events.All(call.Caller, call.Account, call.Limits.MaxObjectsInGet + 1, call.Cancellation);
        if (all.Count > call.Limits.MaxObjectsInGet)
            throw new JmapException("requestTooLarge", $"There are more than {call.Limits.MaxObjectsInGet} events: query for their ids and ask for these.");
        return all.ConvertAll(id => new EventRef(id));
    }
}
