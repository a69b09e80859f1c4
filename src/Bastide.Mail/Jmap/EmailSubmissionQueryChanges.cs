using System.Text.Json.Nodes;
using Bastide.Mail.Delivery;
using Bastide.Platform.Changes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>
/// <c>EmailSubmission/queryChanges</c>. Nothing of a submission changes but its <c>undoStatus</c> and how delivery stands, so one
/// that is there stays where it is unless the filter asks for the first. RFC 8621 §7.4.
/// </summary>
sealed class EmailSubmissionQueryChanges(Submissions submissions)
{
    const int Most = 20_000;
    const int MostAttempts = 5;

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryChangesRequest.Parse(call);
        var selection = new SubmissionSelection(request.Filter, request.Sort);
        var (changes, all) = await Read(call, request);
        var moved = changes.Created.Concat(changes.Destroyed).ToHashSet();
        if (selection.HangsOnUndoStatus) moved.UnionWith(changes.Updated);
        var selected = selection.Of(all);
        var added = selected.Select((s, index) => (s.Id, Index: (long)index)).Where(s => moved.Contains(s.Id)).ToList();
        var removed = moved.Except(changes.Created).ToList();
        if (removed.Count + added.Count > request.MaxChanges)
            throw new JmapException("tooManyChanges", "There are more changes than maxChanges: query again.");
        return QueryChangesAnswer.Make(call, request.SinceQueryState.ToString(), changes.New.ToString(), request.CalculateTotal ? selected.Count : null,
            removed.Select(WireId.Submission.Write), added.Select(a => (WireId.Submission.Write(a.Id), a.Index)));
    }

    /// <summary>The changes and the submissions of one moment; when something commits in between, both are read again.</summary>
    async ValueTask<(ItemChanges Changes, IReadOnlyList<SubmissionRow> All)> Read(JmapCall call, QueryChangesRequest request)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var (all, state) = await submissions.All(call.Caller, call.Account, call.Cancellation);
            var changes = await submissions.Changes(call.Caller, call.Account, request.SinceQueryState, Most, call.Cancellation);
            if (changes is null || changes.HasMore) break;
            if (changes.New == state) return (changes, all);
        }

        throw ChangesRequest.CannotCalculate();
    }
}
