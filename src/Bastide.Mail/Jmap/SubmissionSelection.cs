using System.Text.Json.Nodes;
using Bastide.Mail.Delivery;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>The filter and the order of EmailSubmission/query over the submissions that are kept. RFC 8621 §7.3.</summary>
sealed class SubmissionSelection
{
    const string UndoStatus = "undoStatus";

    static readonly string[] Ids = ["identityIds", "emailIds", "threadIds"];

    /// <summary><c>sentAt</c> is what the RFC writes, <c>sendAt</c> what the property is called.</summary>
    static readonly string[] Sortable = ["emailId", "threadId", "sentAt", "sendAt"];

    readonly JmapFilter? _filter;
    readonly IReadOnlyList<JmapComparator> _sort;

    /// <summary>Throws <c>unsupportedFilter</c>, <c>unsupportedSort</c> and <c>invalidArguments</c>.</summary>
    public SubmissionSelection(JmapFilter? filter, IReadOnlyList<JmapComparator> sort)
    {
        _filter = filter;
        _sort = sort;
        FilterConditions.Check(filter, [.. Ids, UndoStatus, "before", "after"]);
        var hangs = false;
        FilterConditions.CheckTypes(filter, condition =>
        {
            foreach (var name in Ids) condition.TextsOrNull(name);
            condition.TextOrNull(UndoStatus);
            condition.DateOrNull("before");
            condition.DateOrNull("after");
            hangs |= condition.ContainsKey(UndoStatus);
        });
        HangsOnUndoStatus = hangs;
        if (sort.FirstOrDefault(s => !Sortable.Contains(s.Property)) is { } unknown)
            throw new JmapException("unsupportedSort", $"Submissions cannot be sorted by {unknown.Property}.");
    }

    /// <summary>Whether what changes in a submission can move it into or out of the result.</summary>
    public bool HangsOnUndoStatus { get; }

    public List<SubmissionRow> Of(IReadOnlyList<SubmissionRow> all)
    {
        var selected = all.Where(row => FilterConditions.Matches(_filter, condition => Matches(row, condition))).ToList();
        selected.Sort(Compare);
        return selected;
    }

    static bool Matches(SubmissionRow row, JsonObject condition) =>
        IsAmong(condition, "identityIds", WireId.Identity, row.IdentityId)
        && IsAmong(condition, "emailIds", WireId.Email, row.EmailId)
        && IsAmong(condition, "threadIds", WireId.Thread, row.ThreadId)
        && (condition.TextOrNull(UndoStatus) is not { } status || status == SubmissionProperties.UndoStatusOf(row.UndoStatus))
        && (condition.DateOrNull("before") is not { } before || row.SendAt < before)
        && (condition.DateOrNull("after") is not { } after || row.SendAt >= after);

    static bool IsAmong(JsonObject condition, string name, WireId kind, long? number) =>
        condition.TextsOrNull(name) is not { } ids || (kind.Write(number) is { } id && ids.Contains(id));

    int Compare(SubmissionRow a, SubmissionRow b)
    {
        foreach (var comparator in _sort)
        {
            var order = comparator.Property switch
            {
                "emailId" => Nullable.Compare(a.EmailId, b.EmailId),
                "threadId" => Nullable.Compare(a.ThreadId, b.ThreadId),
                _ => a.SendAt.CompareTo(b.SendAt),
            };
            if (order != 0) return comparator.IsAscending ? order : -order;
        }

        return a.Id.CompareTo(b.Id);
    }
}
