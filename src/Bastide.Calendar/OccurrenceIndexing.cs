using Bastide.Calendar.Store;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;

namespace Bastide.Calendar;

/// <summary>Extends the index of occurrences as time goes on, so that the coming years are always in it.</summary>
sealed class OccurrenceIndexing(Database database, TimeProvider time) : IJobHandler
{
    const int AtOnce = 50;

    // What reaches so far is left alone: each series is followed anew about twice a year.
    static readonly TimeSpan FarEnough = TimeSpan.FromDays(548);

    public string Kind => "calendar-index";

    public int Concurrency => 1;

    public TimeSpan? Every => TimeSpan.FromDays(1);

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        for (var after = 0L; ;)
        {
            var some = await database.Read(scope => ObjectTable.ToIndex(scope, (now + FarEnough).ToUnixTimeSeconds(), after, AtOnce), cancellation);
            if (some.Count == 0) return JobResult.Done;
            after = some[^1].Id;
            foreach (var account in some.GroupBy(one => one.Account))
            {
                var ids = account.Select(one => one.Id).ToList();
                var (rows, texts) = await database.Snapshot(async scope => (await ObjectTable.Find(scope, account.Key, ids), await ObjectTable.Texts(scope, ids)), cancellation);
                var contents = rows.Where(row => texts.ContainsKey(row.Id)).Select(row => (Row: row, Content: ObjectContent.Read(texts[row.Id], now, cancellation))).ToList();
                contents.RemoveAll(one => one.Content.Row.IndexKey == one.Row.IndexKey);
                await database.Write(async scope =>
                {
                    foreach (var (row, content) in contents)
                    {
                        var indexed = row with { IndexedFrom = content.Row.IndexedFrom, IndexedUntil = content.Row.IndexedUntil, IndexKey = content.Row.IndexKey };
                        if (await ObjectTable.SetIndexed(scope, indexed)) await OccurrenceTable.Replace(scope, account.Key, row.Id, row.CalendarId, content.Occurrences);
                    }
                }, cancellation);
            }
        }
    }
}
