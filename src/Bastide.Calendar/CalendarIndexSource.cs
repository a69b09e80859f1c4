using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Search;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Calendar;

/// <summary>What events are found by.</summary>
sealed class CalendarIndexSource(Database database) : IIndexSource
{
    public DataType Type => CalendarTypes.CalendarEvent;

    public ValueTask<ItemChanges?> Changed(AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        database.Read(scope => EventTable.Items.Since(scope, account, since, limit), cancellation);

    public async ValueTask<IReadOnlyList<SearchDocument>> Load(AccountId account, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        var (rows, texts) = await database.Read(async scope =>
        {
            var rows = await EventTable.Find(scope, account, ids);
            return (rows, await ObjectTable.Texts(scope, [.. rows.Select(row => row.ObjectId).Distinct()]));
        }, cancellation);
        var documents = new List<SearchDocument>(rows.Count);
        foreach (var row in rows)
        {
            if (!texts.TryGetValue(row.ObjectId, out var text)) continue;
            var all = EventSeries.Read(CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object)), cancellation);
            if (all.Find(one => row.RecurrenceId.Length == 0 || (string?)one["recurrenceId"] == row.RecurrenceId) is { } told) documents.Add(EventText.Of(row.Id, told));
        }

        return documents;
    }
}
