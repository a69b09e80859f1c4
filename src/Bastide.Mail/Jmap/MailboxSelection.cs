using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>
/// The filter, the order and the tree of Mailbox/query over all mailboxes the caller sees, of which there are few enough
/// to hold. RFC 8621 §2.3.
/// </summary>
sealed class MailboxSelection
{
    static readonly string[] Sortable = ["sortOrder", "name", "parentId"];

    /// <summary>As people order words, without regard to case.</summary>
    static readonly StringComparer ByName = StringComparer.InvariantCultureIgnoreCase;

    readonly JmapFilter? _filter;
    readonly IReadOnlyList<JmapComparator> _sort;
    readonly bool _filterAsTree;
    readonly bool _sortAsTree;

    /// <summary>Throws <c>unsupportedFilter</c>, <c>unsupportedSort</c> and <c>invalidArguments</c>.</summary>
    public MailboxSelection(JmapFilter? filter, IReadOnlyList<JmapComparator> sort, JsonObject arguments)
    {
        _filter = filter;
        _sort = sort;
        _sortAsTree = arguments.Flag("sortAsTree");
        _filterAsTree = arguments.Flag("filterAsTree");
        FilterConditions.Check(filter, "parentId", "name", "role", "hasAnyRole", "isSubscribed");
        FilterConditions.CheckTypes(filter, condition =>
        {
            condition.TextOrNull("parentId");
            condition.TextOrNull("name");
            condition.TextOrNull("role");
            condition.FlagOrNull("hasAnyRole");
            condition.FlagOrNull("isSubscribed");
        });
        if (sort.FirstOrDefault(s => !Sortable.Contains(s.Property)) is { } unknown)
            throw new JmapException("unsupportedSort", $"Mailboxes cannot be sorted by {unknown.Property}.");
    }

    /// <summary>Whether where a mailbox stands in the result hangs on others than itself.</summary>
    public bool IsTree => _sortAsTree || _filterAsTree;

    public List<Mailbox> Of(IReadOnlyList<Mailbox> all)
    {
        var byId = all.ToDictionary(m => m.Id);
        var matching = all.Where(m => FilterConditions.Matches(_filter, condition => Matches(m, condition))).Select(m => m.Id).ToHashSet();
        var kept = all.Where(m => _filterAsTree ? Line(m, byId).All(a => matching.Contains(a.Id)) : matching.Contains(m.Id)).ToList();
        kept.Sort(_sortAsTree ? (a, b) => CompareInTree(a, b, byId) : Compare);
        return kept;
    }

    static bool Matches(Mailbox mailbox, JsonObject condition)
    {
        if (condition.TryGetPropertyValue("parentId", out var parent) && parent.AsText() != WireId.Mailbox.Write(mailbox.ParentId)) return false;
        if (condition["name"].AsText() is { } name && !mailbox.Name.Contains(name, StringComparison.OrdinalIgnoreCase)) return false;
        if (condition.TryGetPropertyValue("role", out var role) && role.AsText() != mailbox.Role) return false;
        if (condition["hasAnyRole"].AsFlag() is { } hasAnyRole && hasAnyRole == mailbox.Role is null) return false;
        return condition["isSubscribed"].AsFlag() is not { } isSubscribed || isSubscribed == mailbox.IsSubscribed;
    }

    int Compare(Mailbox a, Mailbox b)
    {
        foreach (var comparator in _sort)
        {
            var order = comparator.Property switch
            {
                "sortOrder" => a.SortOrder.CompareTo(b.SortOrder),
                "name" => ByName.Compare(a.Name, b.Name),
                _ => Nullable.Compare(a.ParentId, b.ParentId),
            };
            if (order != 0) return comparator.IsAscending ? order : -order;
        }

        return a.Id.CompareTo(b.Id);
    }

    /// <summary>An ancestor comes first; otherwise the nearest ancestors that share a parent are compared.</summary>
    int CompareInTree(Mailbox a, Mailbox b, Dictionary<long, Mailbox> byId)
    {
        var lineA = Line(a, byId).Reverse().ToList();
        var lineB = Line(b, byId).Reverse().ToList();
        for (var i = 0; i < lineA.Count && i < lineB.Count; i++)
            if (lineA[i].Id != lineB[i].Id)
                return Compare(lineA[i], lineB[i]);
        return lineA.Count.CompareTo(lineB.Count);
    }

    /// <summary>The mailbox and what is above it, from itself up. What the caller does not see ends the line.</summary>
    public static IEnumerable<Mailbox> Line(Mailbox mailbox, IReadOnlyDictionary<long, Mailbox> byId)
    {
        for (var at = mailbox; at is not null; at = at.ParentId is { } parent ? byId.GetValueOrDefault(parent) : null)
            yield return at;
    }
}
