using System.Text.Json.Nodes;
using Bastide.Mail.Delivery;
using Bastide.Platform.Changes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>
/// <c>EmailSubmission/set</c>: sends, takes back what is held, forgets. What onSuccessUpdateEmail and onSuccessDestroyEmail ask for
/// is one Email/set behind it. RFC 8621 §7.5.
/// </summary>
sealed class EmailSubmissionSet(Submissions submissions, NewSubmissions news)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call);
        var after = new OnSuccess(call);
        var answer = new SetAnswer(call, request);
        var updates = request.Updates(WireId.Submission, answer);
        var destroys = request.Destroys(WireId.Submission, answer);
        var (found, before) = await submissions.Get(call.Caller, call.Account, [.. updates.Keys.Concat(destroys).Distinct()], call.Cancellation);
        if (request.IfInState is { } expected && expected != before) throw SetRequest.StateMismatch();
        var present = found.ToDictionary(s => s.Id);
        var done = new Dictionary<long, Sequence?>();

        foreach (var (creationId, properties) in request.Create)
        {
            var (submission, error) = await news.Send(call, properties);
            if (submission is null)
            {
                answer.NotCreated(creationId, error!);
                continue;
            }

            var id = WireId.Submission.Write(submission.Id);
            answer.Created(creationId, id, SubmissionProperties.All.ServerSet(submission, properties));
            done[submission.Id] = submission.ChangedSeq;
            after.Succeeded("#" + creationId, id, submission.EmailId);
        }

        foreach (var (id, patch) in updates)
        {
            var wireId = WireId.Submission.Write(id);
            if (await Update(call, present.GetValueOrDefault(id), id, patch) is { } error)
            {
                answer.NotUpdated(wireId, error);
                continue;
            }

            answer.Updated(wireId);
            done[id] = null;
            after.Succeeded(wireId, wireId, present[id].EmailId);
        }

        foreach (var id in destroys)
        {
            var wireId = WireId.Submission.Write(id);
            if (!await submissions.Destroy(call.Caller, call.Account, id, call.Cancellation))
            {
                answer.NotDestroyed(wireId, present.ContainsKey(id) ? new SetError("forbidden", "You may not send from this account.") : SetError.NotFound);
                continue;
            }

            answer.Destroyed(wireId);
            done[id] = null;
            if (present.TryGetValue(id, out var submission)) after.Succeeded(wireId, wireId, submission.EmailId);
        }

        var (isComplete, state) = await StateAfter(call, before, done);
        await after.Run(call);
        return answer.ToJson(isComplete ? before.ToString() : null, state.ToString());
    }

    /// <summary>Nothing of a submission can be changed but that it is taken back.</summary>
    async ValueTask<SetError?> Update(JmapCall call, Submission? present, long id, JsonObject patch)
    {
        if (present is null) return SetError.NotFound;
        var invalid = new InvalidProperties();
        SubmissionProperties.All.CheckUnchanged(present, patch.Where(p => p.Key != "undoStatus"), invalid);
        var wanted = patch.ContainsKey("undoStatus") ? patch["undoStatus"].AsText() ?? "" : SubmissionProperties.UndoStatusOf(present.UndoStatus);
        var isCancel = wanted == SubmissionProperties.UndoStatusOf(UndoStatus.Canceled);
        if (!isCancel && wanted != SubmissionProperties.UndoStatusOf(present.UndoStatus)) invalid.Add("undoStatus", "it can be set to canceled.");
        if (invalid.Any) return invalid.ToError();
        return isCancel ? SubmissionErrors.From(await submissions.Cancel(call.Caller, call.Account, id, call.Cancellation)) : null;
    }

    /// <summary>
    /// The state afterwards, and whether nothing but what this answer tells happened since before: delivery goes on by itself, and
    /// a client must not take a state for its own that holds changes it was not told of.
    /// </summary>
    async ValueTask<(bool IsComplete, Sequence State)> StateAfter(JmapCall call, Sequence before, Dictionary<long, Sequence?> done)
    {
        if (done.Count == 0) return (true, before);
        var changes = await submissions.Changes(call.Caller, call.Account, before, call.Limits.MaxObjectsInSet * 2, call.Cancellation);
        if (changes is null || changes.HasMore) return (false, (await submissions.Get(call.Caller, call.Account, [], call.Cancellation)).State);
        var (now, _) = await submissions.Get(call.Caller, call.Account, [.. done.Keys], call.Cancellation);
        var isOurs = changes.Created.Concat(changes.Updated).Concat(changes.Destroyed).All(done.ContainsKey)
            && now.All(s => done[s.Id] is not { } told || told == s.ChangedSeq);
        return (isOurs, changes.New);
    }
}
