using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarEvent/copy</c>: from one account to another. RFC 8620 §5.4.</summary>
sealed class CalendarEventCopy(CalendarEvents events)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = await CopyRequest.Parse(call);
        var refs = request.Create.Values.Select(item => CalendarIds.ReadEvent(item["id"].AsText())).OfType<EventRef>().Distinct().ToList();
        var (originals, fromState) = await events.Get(call.Caller, request.From, refs, call.Cancellation);
        if (request.IfFromInState is { } expected && expected != fromState) throw SetRequest.StateMismatch();
        var notCreated = new JsonObject();
        var create = new Dictionary<string, EventCreate>();
        foreach (var (creationId, given) in request.Create)
        {
            var original = originals.FirstOrDefault(record => record.Ref == CalendarIds.ReadEvent(given["id"].AsText()));
            var (item, error) = original is null ? (null, SetError.NotFound) : EventArguments.ReadCreate(Copied(original, given), call.Created);
            if (item is not null) create[creationId] = item;
            else notCreated[creationId] = error!.ToJson();
        }

        var outcome = await events.Set(call.Caller, call.Account, new EventSet { IfInState = request.IfInState, Create = create }, call.Cancellation);
        if (outcome.Refused is { } refused) throw CalendarSetErrors.Of(refused).OfWholeCall();
        foreach (var (creationId, error) in outcome.NotCreated) notCreated[creationId] = (error.Failure == CalendarFailure.UidExists || error.Properties is ["uid"] ? new SetError("alreadyExists", error.Description) : CalendarSetErrors.Of(error)).ToJson();
        var created = new JsonObject();
        foreach (var (creationId, record) in outcome.Created)
        {
            var id = CalendarIds.Write(record.Ref);
            call.Created.Add(creationId, id);
            created[creationId] = new JsonObject { ["id"] = id };
        }

        return await request.Answer(call, "CalendarEvent/set", outcome.OldState, outcome.NewState, created, notCreated);
    }

    /// <summary>The original with what is given beside.</summary>
    static JsonObject Copied(EventRecord original, JsonObject given)
    {
        var copied = (JsonObject)original.Event.DeepClone();
        copied.Remove("method");
        foreach (var (name, value) in given)
            if (name != "id")
                copied[name] = value?.DeepClone();
        return copied;
    }
}
