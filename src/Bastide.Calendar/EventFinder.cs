using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Search;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar;

/// <summary>
/// Finds events, and occurrences of series. Times are answered from the index of occurrences; words from the search index,
/// which is brought up to date before it is asked.
/// </summary>
public sealed class EventFinder(Database database, SearchIndex search, Indexer indexer)
{
    /// <summary>The longest time over which occurrences are told one by one, in days.</summary>
    public const int MostDays = 732;

    const int MostEvents = 500_000;
    const int MostMatched = 100_000;
    const int MostChanges = 5000;

    /// <summary>Everything that fulfils the query.</summary>
    public async ValueTask<EventQueryResult> Query(Caller caller, AccountId account, EventQuery query, CancellationToken cancellation)
    {
        if (query.Filter?.Conditions.Any(AsksForText) == true) await indexer.CatchUp(account, CalendarTypes.CalendarEvent, cancellation);
        return await database.Snapshot(async scope =>
        {
            var state = await AccountTable.State(scope, account, CalendarTypes.CalendarEvent);
            var access = await CalendarAccess.Of(scope, caller, account);
            var empty = new EventQueryResult(state, [], !query.ExpandRecurrences);
            if (access.IsNobody) return empty;
            try
            {
                var found = query.ExpandRecurrences ? await Occurrences(scope, account, access, query, cancellation) : await Events(scope, account, access, query);
                return empty with { Refs = found };
            }
            catch (ExpansionRefusedException)
            {
                return empty with { Refs = null };
            }
        }, cancellation);
    }

    /// <summary>
    /// What changed in the answer since a state: what is to be taken out of it, and what comes into it at which place. Null
    /// when it cannot be told.
    /// </summary>
    public async ValueTask<(Sequence New, IReadOnlyList<long> Removed, IReadOnlyList<(long Id, long Index)> Added, long Total)?> Changes(Caller caller, AccountId account, EventQuery query, Sequence since, CancellationToken cancellation)
    {
        if (query.ExpandRecurrences) return null;
        if (query.Filter?.Conditions.Any(AsksForText) == true) await indexer.CatchUp(account, CalendarTypes.CalendarEvent, cancellation);
        return await database.Snapshot<(Sequence, IReadOnlyList<long>, IReadOnlyList<(long, long)>, long)?>(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            var changes = await EventTable.Items.Since(scope, account, since, MostChanges);
            if (changes is null or { HasMore: true }) return null;
            // What the caller may read changes with no event.
            if (!access.SeesAll && await AccountTable.State(scope, account, CalendarTypes.Calendar) > since) return null;
            var touched = changes.Created.Concat(changes.Updated).ToHashSet();
            var found = access.IsNobody ? [] : await Events(scope, account, access, query);
            var added = found.Select((reference, index) => (reference.Id, (long)index)).Where(entry => touched.Contains(entry.Id)).ToList();
            return (changes.New, [.. changes.Updated, .. changes.Destroyed], added, found.Count);
        }, cancellation);
    }

    static bool AsksForText(EventCondition condition) => EventText.WordsOf(condition).Any();

    async ValueTask<List<EventRef>> Events(ReadScope scope, AccountId account, CalendarAccess access, EventQuery query)
    {
        var only = query.Filter?.Condition?.InCalendar;
        var rows = only is { } calendar && access.Sees(calendar) ? await QueryTable.OfCalendar(scope, calendar, MostEvents) : await QueryTable.All(scope, account, MostEvents);
        rows.RemoveAll(row => !IsSeen(access, row));
        if (query.Filter is { } filter)
        {
            var texts = await Texts(scope, account, filter);
            rows.RemoveAll(row => !filter.Matches(condition => Matches(row, condition, query.TimeZone, texts)));
        }

        var found = rows.ConvertAll(row => new Found(new EventRef(row.EventId), row.BeginAt, row.Uid, row.RecurrenceId, row.CreatedAt, row.UpdatedAt));
        return Sorted(found, query.Sort);
    }

    async ValueTask<List<EventRef>> Occurrences(ReadScope scope, AccountId account, CalendarAccess access, EventQuery query, CancellationToken cancellation)
    {
        var condition = query.Filter!.Condition!;
        if (condition.InCalendar is { } only && !access.Sees(only)) return [];
        var (from, to) = (ZoneRules.Resolve(condition.After!.Value, query.TimeZone), ZoneRules.Resolve(condition.Before!.Value, query.TimeZone));
        var hits = await OccurrenceFinder.Find(scope, account, condition.InCalendar, from, to, query.TimeZone, CalendarObjects.MostOccurrences, cancellation);
        var rows = (await QueryTable.OfObjects(scope, [.. hits.Select(hit => hit.ObjectId).Distinct()])).Where(row => IsSeen(access, row)).ToLookup(row => row.ObjectId);
        var texts = await Texts(scope, account, query.Filter!);
        var matcher = new InstanceMatcher(scope, condition);
        var found = new List<Found>();
        foreach (var hit in hits)
        {
            var row = rows[hit.ObjectId].FirstOrDefault(row => row.RecurrenceId.Length == 0 || row.RecurrenceId == hit.RecurrenceId);
            // What ends when the time begins is not after it; the index tells what has no length.
            if (row.EventId == 0 || hit.End <= from || !Matches(row, condition with { After = null, Before = null }, query.TimeZone, texts)) continue;
            var isInstance = row.RecurrenceId.Length == 0 && row.IsRecurring;
            if (isInstance && AsksForText(condition) && !await matcher.Matches(hit)) continue;
            var reference = new EventRef(row.EventId, isInstance ? hit.RecurrenceId : null);
            found.Add(new Found(reference, hit.Begin.ToUnixTimeSeconds(), row.Uid, hit.RecurrenceId, row.CreatedAt, row.UpdatedAt));
        }

        return Sorted(found, query.Sort);
    }

    static bool IsSeen(CalendarAccess access, QueryRow row) => access.Sees(row.CalendarId) && (access.IsOwner || row.Privacy != EventPrivacy.Secret);

    /// <summary>The events that have the words of each condition.</summary>
    async ValueTask<Dictionary<EventCondition, HashSet<long>>> Texts(ReadScope scope, AccountId account, EventFilter filter)
    {
        var texts = new Dictionary<EventCondition, HashSet<long>>(ReferenceEqualityComparer.Instance);
        foreach (var condition in filter.Conditions.Where(AsksForText))
        {
            var words = SearchQuery.And([.. EventText.WordsOf(condition).Select(words => SearchQuery.Words(words.Text, words.Field))]);
            texts[condition] = [.. await search.Match(scope, account, CalendarTypes.CalendarEvent, words, MostMatched)];
        }

        return texts;
    }

    static bool Matches(QueryRow row, EventCondition condition, DateTimeZone zone, Dictionary<EventCondition, HashSet<long>> texts)
    {
        if (condition.InCalendar is { } calendar && row.CalendarId != calendar) return false;
        if (condition.Uid is { } uid && row.Uid != uid) return false;
        if (condition.Before is { } before && !(row.BeginAt < Seconds(before, zone, row.IsFloating))) return false;
        // A series without a last end goes on after any time.
        if (condition.After is { } after && (row.BeginAt is null || row.EndAt <= Seconds(after, zone, row.IsFloating))) return false;
        return texts.Count == 0 || !AsksForText(condition) || Holders(texts, condition).Contains(row.EventId);
    }

    static HashSet<long> Holders(Dictionary<EventCondition, HashSet<long>> texts, EventCondition condition) =>
        texts.TryGetValue(condition, out var found) ? found : texts.Values.First();

    static long Seconds(LocalDateTime time, DateTimeZone zone, bool isFloating) => (isFloating ? time.InUtc().ToInstant() : ZoneRules.Resolve(time, zone)).ToUnixTimeSeconds();

    static List<EventRef> Sorted(List<Found> found, IReadOnlyList<(EventSortProperty Property, bool IsAscending)> sort)
    {
        found.Sort((a, b) =>
        {
            foreach (var (property, isAscending) in sort)
            {
                var order = property switch
                {
                    EventSortProperty.Start => Nullable.Compare(a.BeginAt, b.BeginAt),
                    EventSortProperty.Uid => string.CompareOrdinal(a.Uid, b.Uid),
                    EventSortProperty.RecurrenceId => string.CompareOrdinal(a.RecurrenceId, b.RecurrenceId),
                    EventSortProperty.Created => a.CreatedAt.CompareTo(b.CreatedAt),
                    _ => a.UpdatedAt.CompareTo(b.UpdatedAt),
                };
                if (order != 0) return isAscending ? order : -order;
            }

            var byId = a.Ref.Id.CompareTo(b.Ref.Id);
            return byId != 0 ? byId : string.CompareOrdinal(a.RecurrenceId, b.RecurrenceId);
        });
        return found.ConvertAll(one => one.Ref);
    }

    readonly record struct Found(EventRef Ref, long? BeginAt, string Uid, string RecurrenceId, long CreatedAt, long UpdatedAt);

    /// <summary>Looks into instances that say something else than their series, one object at a time.</summary>
    sealed class InstanceMatcher(ReadScope scope, EventCondition condition)
    {
        readonly Dictionary<long, System.Text.Json.Nodes.JsonObject?> _series = [];

        public async ValueTask<bool> Matches(OccurrenceHit hit)
        {
            if (!_series.TryGetValue(hit.ObjectId, out var series))
            {
                var texts = await ObjectTable.Texts(scope, [hit.ObjectId]);
                var calendar = CalendarObject.Of(ICalReader.ReadCalendar(texts[hit.ObjectId], ICalLimits.Object));
                // A series that says the same each time was found as a whole.
                _series[hit.ObjectId] = series = calendar.Instances.Any() ? EventSeries.Read(calendar, scope.Cancellation)[0] : null;
            }

            return series is null || (EventSeries.Instance(series, hit.RecurrenceId) is { } instance && EventText.Holds(EventText.Of(0, [instance]), condition));
        }
    }
}
