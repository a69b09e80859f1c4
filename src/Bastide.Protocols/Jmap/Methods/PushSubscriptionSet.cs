using System.Text.Json.Nodes;
using Bastide.Abstractions.Jmap;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Platform.Limits;
using Bastide.Protocols.Jmap.Push;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary>
/// <c>PushSubscription/set</c>. RFC 8620 §7.2.2. It has no account and no states. A new subscription is sent its
/// verification code at once and hears nothing before the device gives it back.
/// </summary>
sealed class PushSubscriptionSet(IPushSubscriptions subscriptions, Database database, JobQueue jobs, Limiter limiter, TimeProvider time, Lazy<StateWatch> watch)
{
    const int MostOfPerson = 100;
    // RFC 8620 §8.6: each one makes the server post to an address of somebody's choice.
    static readonly RateLimit Creations = new("jmap-push-subscriptions", 30, 30 / 3600.0);

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call);
        var now = time.GetUtcNow();
        var drafts = request.Create.Select(c => (c.Key, Draft: Try(() => Draft(call, c.Value, now)))).ToList();
        // From here on the device is told; read before the transaction, so that what comes in between is told too.
        var position = request.Update.Values.Any(patch => patch.ContainsKey("verificationCode")) ? (await watch.Value.Now(call.Caller, call.Cancellation)).ToString() : "";
        return await database.Write(async scope =>
        {
            var answer = new SetAnswer(call, request);
            var known = (await subscriptions.Of(scope, call.Caller)).ToDictionary(s => PushSubscriptionId.Write(s.Id));
            await Destroy(scope, request, known, answer);
            await Update(scope, request, known, answer, position, now);
            await Create(scope, call, drafts, answer);
            var json = answer.ToJson(null, "");
            json.Remove("accountId");
            json.Remove("oldState");
            json.Remove("newState");
            return json;
        }, call.Cancellation);
    }

    PushSubscription Draft(JmapCall call, JsonObject wanted, DateTimeOffset now)
    {
        var draft = PushSubscriptionDraft.Create(wanted, now);
        return limiter.TryTake(Creations, call.Caller.Person.ToString(), out _)
            ? draft
            : throw new SetRefusal(new SetError("rateLimit", "You made many subscriptions in a short time: wait a while."));
    }

    async ValueTask Create(WriteScope scope, JmapCall call, List<(string Key, (PushSubscription? Value, SetError? Error) Draft)> drafts, SetAnswer answer)
    {
        var room = MostOfPerson - await subscriptions.Count(scope, call.Caller);
        foreach (var (creationId, (draft, refused)) in drafts)
        {
            if (draft is null)
            {
                answer.NotCreated(creationId, refused!);
                continue;
            }

            if (room-- <= 0)
            {
                answer.NotCreated(creationId, new SetError("overQuota", $"A person has at most {MostOfPerson} push subscriptions: destroy some."));
                continue;
            }

            var id = await subscriptions.Add(scope, call.Caller, draft);
            await jobs.Enqueue(scope, PushJobs.For(PushJobs.Verification, id));
            answer.Created(creationId, PushSubscriptionId.Write(id), new JsonObject { ["expires"] = PushSubscriptionDraft.Write(draft.Expires) });
        }
    }

    async ValueTask Update(WriteScope scope, SetRequest request, Dictionary<string, PushSubscription> known, SetAnswer answer, string position, DateTimeOffset now)
    {
        foreach (var (id, patch) in request.Update)
        {
            if (!known.TryGetValue(id, out var current))
            {
                answer.NotUpdated(id, SetError.NotFound);
                continue;
            }

            var (changed, refused) = Try(() => PushSubscriptionDraft.Change(current, patch, now));
            if (changed is null)
            {
                answer.NotUpdated(id, refused!);
                continue;
            }

            var isNewlyVerified = changed.IsVerified && !current.IsVerified;
            await subscriptions.Change(scope, isNewlyVerified ? changed with { Position = position } : changed);
            if (isNewlyVerified) await jobs.Enqueue(scope, PushJobs.For(PushJobs.Delivery, changed.Id));
            answer.Updated(id, patch.ContainsKey("expires") ? new JsonObject { ["expires"] = PushSubscriptionDraft.Write(changed.Expires) } : null);
        }
    }

    async ValueTask Destroy(WriteScope scope, SetRequest request, Dictionary<string, PushSubscription> known, SetAnswer answer)
    {
        foreach (var id in request.Destroy)
        {
            if (!known.Remove(id, out var gone))
            {
                answer.NotDestroyed(id, SetError.NotFound);
                continue;
            }

            await subscriptions.Remove(scope, gone.Id);
            answer.Destroyed(id);
        }
    }

    static (PushSubscription? Value, SetError? Error) Try(Func<PushSubscription> read)
    {
        try
        {
            return (read(), null);
        }
        catch (SetRefusal refusal)
        {
            return (null, refusal.Error);
        }
    }
}
