using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Email/set</c>: drafts, keywords, mailboxes, destruction; one transaction for all of it. RFC 8621 §4.6.</summary>
sealed class EmailSet(Messages messages, NewEmails drafts, EmailLoader loader)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call);
        var answer = new SetAnswer(call, request);
        var create = new Dictionary<string, EmailCreate>();
        foreach (var (creationId, properties) in request.Create)
        {
            var (email, error) = await drafts.Make(call, properties);
            if (email is not null) create[creationId] = email;
            else answer.NotCreated(creationId, error!);
        }

        var outcome = await messages.Set(call.Caller, call.Account, new Mail.EmailSet
        {
            IfInState = request.IfInState,
            Create = create,
            Update = await ReadUpdates(call, request.Updates(WireId.Email, answer), answer),
            Destroy = request.Destroys(WireId.Email, answer),
        }, call.Cancellation);
        return answer.Answer(outcome, WireId.Email, SetErrors.From, (_, email) => (email.Id, NewEmails.ServerSet(email)));
    }

    async ValueTask<Dictionary<long, EmailUpdate>> ReadUpdates(JmapCall call, Dictionary<long, JsonObject> patches, SetAnswer answer)
    {
        var updates = new Dictionary<long, EmailUpdate>();
        var repeated = new Dictionary<long, JsonObject>();
        foreach (var (id, properties) in patches)
        {
            var patch = new EmailPatch(properties, call.Created);
            if (patch.Error is { } error)
            {
                answer.NotUpdated(WireId.Email.Write(id), error);
                continue;
            }

            updates[id] = patch.Update;
            if (patch.Repeated.Count > 0) repeated[id] = patch.Repeated;
        }

        if (repeated.Count > 0) await RefuseChanged(call, repeated, updates, answer);
        return updates;
    }

    /// <summary>Takes out the updates that would change what cannot be changed. RFC 8620 §5.3.</summary>
    async ValueTask RefuseChanged(JmapCall call, Dictionary<long, JsonObject> repeated, Dictionary<long, EmailUpdate> updates, SetAnswer answer)
    {
        var (found, _) = await messages.Get(call.Caller, call.Account, [.. repeated.Keys], withStructure: true, call.Cancellation);
        foreach (var message in found)
        {
            var given = repeated[message.Id];
            var view = new EmailView(message);
            var properties = EmailProperties.OfGet(given.Select(p => p.Key), BodyOptions.None);
            await loader.Load([view], properties, call.Cancellation);
            var present = properties.Write(view);
            var invalid = new InvalidProperties();
            foreach (var (name, value) in given)
                if (!JsonNode.DeepEquals(present[name], value))
                    invalid.Add(name, "it cannot be changed.");
            if (!invalid.Any) continue;
            updates.Remove(message.Id);
            answer.NotUpdated(WireId.Email.Write(message.Id), invalid.ToError());
        }
    }
}
