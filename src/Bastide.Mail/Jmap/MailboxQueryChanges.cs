using System.Text.Json.Nodes;
using Bastide.Platform.Changes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>
/// <c>Mailbox/queryChanges</c>. Every mailbox that changed otherwise than by its counts is taken out and, where it is in the result,
/// put in again; with a tree, so is everything below it. RFC 8621 §2.4.
/// </summary>
sealed class MailboxQueryChanges(Mailboxes mailboxes)
{
    /// <summary>More changes than an account can have mailboxes: then the client fetches afresh.</summary>
    const int Most = 10_000;

    const int MostAttempts = 5;

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryChangesRequest.Parse(call);
        var selection = new MailboxSelection(request.Filter, request.Sort, call.Arguments);
        var (changes, all, state) = await Read(call, request);

        var moved = Moved(changes, all, selection.IsTree);
        var selected = selection.Of(all);
        var added = selected.Select((m, index) => (m.Id, Index: (long)index)).Where(m => moved.Contains(m.Id)).ToList();
        var removed = moved.Except(changes.Changes.Created).ToList();
        if (removed.Count + added.Count > request.MaxChanges)
            throw new JmapException("tooManyChanges", "There are more changes than maxChanges: query again.");
        return QueryChangesAnswer.Make(call, request.SinceQueryState.ToString(), state.ToString(), request.CalculateTotal ? selected.Count : null,
            removed.Select(WireId.Mailbox.Write), added.Select(a => (WireId.Mailbox.Write(a.Id), a.Index)));
    }

    /// <summary>The changes and the mailboxes of one moment; when something commits in between, both are read again.</summary>
    async ValueTask<(Mail.MailboxChanges Changes, IReadOnlyList<Mailbox> All, Sequence State)> Read(JmapCall call, QueryChangesRequest request)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var (all, state) = await mailboxes.Get(call.Caller, call.Account, null, call.Cancellation);
            var changes = await mailboxes.Changes(call.Caller, call.Account, request.SinceQueryState, Most, call.Cancellation);
            if (changes is null || changes.Changes.HasMore) break;
            if (state == changes.Changes.New) return (changes, all, state);
        }

        throw ChangesRequest.CannotCalculate();
    }

    static HashSet<long> Moved(Mail.MailboxChanges changes, IReadOnlyList<Mailbox> all, bool isTree)
    {
        var moved = changes.Changes.Created.Concat(changes.Changes.Destroyed).ToHashSet();
        if (!changes.OnlyCounts) moved.UnionWith(changes.Changes.Updated);
        if (!isTree || moved.Count == 0) return moved;
        var byId = all.ToDictionary(m => m.Id);
        moved.UnionWith(all.Where(m => MailboxSelection.Line(m, byId).Any(a => moved.Contains(a.Id))).Select(m => m.Id).ToList());
        return moved;
    }
}
