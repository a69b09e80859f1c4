using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>ParticipantIdentity/set</c>.</summary>
sealed class ParticipantIdentitySet(ParticipantIdentities identities)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call);
        var answer = new SetAnswer(call, request);
        var create = new Dictionary<string, (string, string)>();
        foreach (var (creationId, given) in request.Create)
        {
            var invalid = new InvalidProperties();
            foreach (var (property, _) in given)
                if (property is not ("name" or "calendarAddress"))
                    invalid.Add(property, ParticipantIdentityProperties.All.Names.Contains(property) ? "the server sets it." : "there is no such property.");
            if (given["calendarAddress"].AsText() is not { } address) invalid.Add("calendarAddress", "it is a URI.");
            else if (given["name"] is null || given["name"].AsText() is not null) create[creationId] = (given["name"].AsText() ?? "", address);
            else invalid.Add("name", "it is a string.");
            if (!invalid.Any) continue;
            create.Remove(creationId);
            answer.NotCreated(creationId, invalid.ToError());
        }

        var update = await ReadUpdates(call, request.Updates(CalendarIds.Identity, answer), answer);
        var destroy = request.Destroys(CalendarIds.Identity, answer);
        var (wanted, wantedCreated) = Default(call, request);
        var before = wanted is null && wantedCreated is null ? [] : (await identities.Get(call.Caller, call.Account, null, call.Cancellation)).Found;
        var isWhole = create.Count == request.Create.Count && update.Count == request.Update.Count && destroy.Count == request.Destroy.Count;
        var outcome = await identities.Set(call.Caller, call.Account, new IdentitySet
        {
            IfInState = request.IfInState,
            Create = create,
            Update = update,
            Destroy = destroy,
            SetDefault = isWhole ? wanted : null,
            SetDefaultCreated = isWhole ? wantedCreated : null,
        }, call.Cancellation);
        var json = answer.Answer(outcome, CalendarIds.Identity, CalendarSetErrors.Of, (creationId, identity) =>
            (identity.Id, ParticipantIdentityProperties.All.ServerSet(identity, request.Create.First(c => c.Key == creationId).Value)));
        if (before.Count > 0) await TellDefault(call, before, json);
        return json;
    }

    static (long? Id, string? Creation) Default(JmapCall call, SetRequest request)
    {
        var id = call.Arguments.TextOrNull("onSuccessSetIsDefault");
        if (id is ['#', .. var creation] && request.Create.Any(c => c.Key == creation)) return (null, creation);
        return (CalendarIds.Identity.Resolve(id, call.Created), null);
    }

    async ValueTask TellDefault(JmapCall call, IReadOnlyList<ParticipantIdentity> before, JsonObject answer)
    {
        var (after, _) = await identities.Get(call.Caller, call.Account, null, call.Cancellation);
        foreach (var identity in after)
        {
            if (before.FirstOrDefault(was => was.Id == identity.Id) is not { } known || known.IsDefault == identity.IsDefault) continue;
            if (answer["updated"] is not JsonObject updated) answer["updated"] = updated = [];
            updated[CalendarIds.Identity.Write(identity.Id)] = new JsonObject { ["isDefault"] = identity.IsDefault };
        }
    }

    async ValueTask<Dictionary<long, string>> ReadUpdates(JmapCall call, Dictionary<long, JsonObject> patches, SetAnswer answer)
    {
        var updates = new Dictionary<long, string>();
        if (patches.Count == 0) return updates;
        var present = (await identities.Get(call.Caller, call.Account, [.. patches.Keys], call.Cancellation)).Found.ToDictionary(identity => identity.Id);
        foreach (var (id, patch) in patches)
        {
            var invalid = new InvalidProperties();
            if (present.TryGetValue(id, out var identity)) ParticipantIdentityProperties.All.CheckUnchanged(identity, patch.Where(property => property.Key != "name"), invalid);
            if (patch.ContainsKey("name") && patch["name"].AsText() is null) invalid.Add("name", "it is a string.");
            if (invalid.Any) answer.NotUpdated(CalendarIds.Identity.Write(id), invalid.ToError());
            else updates[id] = patch["name"].AsText() ?? identity?.Name ?? "";
        }

        return updates;
    }
}
