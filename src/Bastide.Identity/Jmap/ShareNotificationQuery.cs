using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Identity.Jmap;

/// <summary><c>ShareNotification/query</c>. RFC 9670 §3.4.</summary>
sealed class ShareNotificationQuery(ShareNotifications notifications)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryRequest.Parse(call);
        var (all, state) = await notifications.All(call.Caller, call.Cancellation);
        var found = Find(all, request.Filter, request.Sort);
        var (position, ids) = request.Window([.. found.Select(note => ShareNotificationProperties.Id.Write(note.Id))]);
        return QueryAnswer.Make(call, request, state.ToString(), canCalculateChanges: true, position, ids, found.Count);
    }

    /// <summary>Those that a filter finds, in order.</summary>
    public static List<ShareNotification> Find(List<ShareNotification> all, JmapFilter? filter, IReadOnlyList<JmapComparator> sort)
    {
        FilterConditions.Check(filter, "after", "before", "objectType", "objectAccountId");
        var found = all.FindAll(note => FilterConditions.Matches(filter, condition => Matches(note, condition)));
        foreach (var by in sort.Reverse())
        {
            if (by.Property != "created") throw new JmapException("unsupportedSort", $"They are not sorted by {by.Property}.");
            found = [.. by.IsAscending ? found.OrderBy(note => note.Created) : found.OrderByDescending(note => note.Created)];
        }

        return found;
    }

    static bool Matches(ShareNotification note, JsonObject condition)
    {
        foreach (var (name, value) in condition)
        {
            if (value is null) continue;
            var text = value.AsText() ?? throw JmapException.InvalidArguments($"{name} is a string.");
            var matches = name switch
            {
                "after" => note.Created >= Time(name, text),
                "before" => note.Created < Time(name, text),
                "objectType" => note.ObjectType == text,
                _ => note.ObjectAccount.ToString() == text,
            };
            if (!matches) return false;
        }

        return true;
    }

    static DateTimeOffset Time(string name, string text) => JmapDates.ReadUtc(text) ?? throw JmapException.InvalidArguments($"{name} is a date in UTC, as 2026-11-23T09:30:00Z.");
}
