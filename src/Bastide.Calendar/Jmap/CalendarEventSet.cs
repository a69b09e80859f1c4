using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarEvent/set</c>; an id may be that of one instance of a series.</summary>
sealed class CalendarEventSet(CalendarEvents events)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call, hasOwn: true);
        var answer = new SetAnswer(call, request);
        var create = new Dictionary<string, EventCreate>();
        foreach (var (creationId, given) in request.Create)
        {
            var (item, error) = EventArguments.ReadCreate(given, call.Created);
            if (item is not null) create[creationId] = item;
            else answer.NotCreated(creationId, error!);
        }

        var update = new Dictionary<EventRef, EventUpdate>();
        foreach (var (id, patch) in request.Update)
        {
            if (CalendarIds.ReadEvent(id) is not { } reference)
            {
                answer.NotUpdated(id, SetError.NotFound);
                continue;
            }

            var (item, error) = EventArguments.ReadUpdate(patch, reference, call.Created);
            if (item is not null) update[reference] = item;
            else answer.NotUpdated(id, error!);
        }

        var destroy = new List<EventRef>();
        foreach (var id in request.Destroy)
        {
            if (CalendarIds.ReadEvent(id) is { } reference) destroy.Add(reference);
            else answer.NotDestroyed(id, SetError.NotFound);
        }

        var outcome = await events.Set(call.Caller, call.Account, new EventSet
        {
            IfInState = request.IfInState,
            Create = create,
            Update = update,
            Destroy = destroy,
            SendSchedulingMessages = call.Arguments.Flag("sendSchedulingMessages"),
        }, call.Cancellation);
        if (outcome.Refused is { } refused) throw CalendarSetErrors.Of(refused).OfWholeCall();
        foreach (var (creationId, record) in outcome.Created) answer.Created(creationId, CalendarIds.Write(record.Ref), EventArguments.ServerSet(record, request.Create.First(c => c.Key == creationId).Value));
        foreach (var (creationId, error) in outcome.NotCreated) answer.NotCreated(creationId, CalendarSetErrors.Of(error));
        foreach (var (reference, set) in outcome.Updated) answer.Updated(CalendarIds.Write(reference), (JsonObject?)set?.DeepClone());
        foreach (var (reference, error) in outcome.NotUpdated) answer.NotUpdated(CalendarIds.Write(reference), CalendarSetErrors.Of(error));
        foreach (var reference in outcome.Destroyed) answer.Destroyed(CalendarIds.Write(reference));
        foreach (var (reference, error) in outcome.NotDestroyed) answer.NotDestroyed(CalendarIds.Write(reference), CalendarSetErrors.Of(error));
        return answer.ToJson(outcome.OldState.ToString(), outcome.NewState.ToString());
    }
}
