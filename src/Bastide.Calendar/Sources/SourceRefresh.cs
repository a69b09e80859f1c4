using System.Globalization;
using Bastide.Calendar.Holidays;
using Bastide.Calendar.Store;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar.Sources;

/// <summary>
/// Brings a calendar to what its source holds now: a job for each, which asks for the next time itself. What is the same stays
/// as it is, with its numbers; what is gone is removed.
/// </summary>
sealed class SourceRefresh(Database database, JobQueue jobs, SourceFetch fetch, Birthdays birthdays, TimeProvider time) : IJobHandler
{
    const string JobKind = "calendar-source";
    const int AtOnce = 200;

    static readonly TimeSpan Usual = TimeSpan.FromHours(4);
    static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15);
    static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);
    static readonly TimeSpan LongestBackOff = TimeSpan.FromDays(1);
    static readonly TimeSpan OfHolidays = TimeSpan.FromDays(30);

    // Nobody makes the server ask an address more often than this.
    static readonly TimeSpan BetweenWishes = TimeSpan.FromMinutes(1);

    public string Kind => JobKind;

    public int MaxAttempts => int.MaxValue;

    /// <summary>Has a source read soon.</summary>
    public static async ValueTask Ask(WriteScope scope, JobQueue jobs, SourceRow source, DateTimeOffset now)
    {
        var earliest = source.TriedAt + BetweenWishes;
        await jobs.Enqueue(scope, RequestOf(source.CalendarId, earliest > now ? earliest.Value : now));
    }

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var id = long.Parse(job.Payload, CultureInfo.InvariantCulture);
        if (await database.Read(scope => SourceTable.Find(scope, id), cancellation) is not { } source) return JobResult.Done;
        var address = SourceAddress.Parse(source.Address);
        var answer = address switch
        {
            { Holidays: { } region } => new SourceAnswer { Octets = region.Write(address.IsFrench, time.GetUtcNow().Year) },
            { IsBirthdays: true } => await birthdays.Get(source, address.IsFrench, cancellation),
            { Url: { } url } => await fetch.Get(url, source.ETag, source.LastModified, cancellation),
            _ => SourceAnswer.Failed("unreachable", "There is no such source any more."),
        };
        var (every, error) = answer.Error is null ? await Take(source, answer, cancellation) : (null, answer.Error);
        var now = time.GetUtcNow();
        source = error is null
            ? source with { TriedAt = now, RefreshedAt = now, Error = null, Failures = 0, ETag = answer.ETag, LastModified = answer.LastModified }
            : source with { TriedAt = now, Error = error, Failures = source.Failures + 1 };
        var pause = error is not null ? Max(BackOff(source.Failures), answer.RetryAfter ?? default) : address?.Holidays is not null ? OfHolidays : address?.Url is null ? LongestBackOff : Within(every ?? Usual);
        await database.Write(async scope =>
        {
            if (await SourceTable.Find(scope, id) is null) return;
            await SourceTable.Update(scope, source);
            await CalendarTable.Touch(scope, id, await scope.Advance(source.Account, CalendarTypes.Calendar));
            await jobs.Enqueue(scope, RequestOf(id, now + pause));
        }, cancellation);
        return JobResult.Done;
    }

    static JobRequest RequestOf(long calendar, DateTimeOffset at)
    {
        var number = calendar.ToString(CultureInfo.InvariantCulture);
        return new JobRequest(JobKind, number, at, number);
    }

    static TimeSpan BackOff(int failures) => Min(Shortest * Math.Pow(2, Math.Min(failures - 1, 10)), LongestBackOff);

    static TimeSpan Within(TimeSpan wish) => Max(Shortest, Min(wish, LongestPause));

    static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    /// <summary>Stores what came. Answers how often the source wants to be read, and why it could not be taken.</summary>
    async Task<(TimeSpan? Every, SourceError? Error)> Take(SourceRow source, SourceAnswer answer, CancellationToken cancellation)
    {
        if (answer.Octets is null) return (null, null);
        var (content, error) = SourceContent.Read(answer.Octets, source.CalendarId);
        if (content is null) return (null, error);
        foreach (var some in content.Objects.Chunk(AtOnce))
            if (await Put(source, some, cancellation) is { } refused)
                return (content.Every, refused);
        await RemoveOthers(source, content, cancellation);
        return (content.Every, null);
    }

    async Task<SourceError?> Put(SourceRow source, KeyValuePair<string, CalendarObject>[] some, CancellationToken cancellation)
    {
        var (rows, texts) = await database.Snapshot(async scope =>
        {
            var rows = await ObjectTable.OfUids(scope, source.Account, [.. some.Select(one => one.Key)]);
            return (rows.ToDictionary(row => row.Uid), await ObjectTable.Texts(scope, [.. rows.Select(row => row.Id)]));
        }, cancellation);
        var now = time.GetUtcNow();
        var changed = new List<ObjectContent>();
        foreach (var (uid, calendar) in some)
        {
            var isThere = rows.TryGetValue(uid, out var row) && texts.TryGetValue(row.Id, out var text)
                && SourceContent.KeyOf(CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object))) == SourceContent.KeyOf(calendar);
            if (!isThere && ObjectContent.Write(calendar, now, cancellation) is var content && content.Text.Length <= ICalLimits.Object.MostOctets) changed.Add(content);
        }

        if (changed.Count == 0) return null;
        return await database.Write(async scope =>
        {
            if (await SourceTable.Find(scope, source.CalendarId) is null) return null;
            var run = await ObjectRun.Begin(scope, source.Account);
            var present = (await ObjectTable.OfUids(scope, source.Account, [.. changed.Select(content => content.Row.Uid)])).ToDictionary(row => row.Uid);
            SourceError? full = null;
            foreach (var content in changed)
            {
                var was = present.GetValueOrDefault(content.Row.Uid);
                var (_, refused) = await run.Put(content, source.CalendarId, was?.Resource ?? EventPreparation.NewResource(), was);
                if (refused?.Failure != CalendarFailure.OverQuota) continue;
                full = new SourceError("overQuota", refused.Description);
                break;
            }

            await run.Settle();
            return full;
        }, cancellation);
    }

    async Task RemoveOthers(SourceRow source, SourceContent content, CancellationToken cancellation)
    {
        for (var after = 0L; ;)
        {
            var page = await database.Read(scope => ObjectTable.Members(scope, source.CalendarId, after, AtOnce), cancellation);
            if (page.Count == 0) return;
            after = page[^1].Id;
            var gone = page.FindAll(row => !content.Objects.ContainsKey(row.Uid));
            if (gone.Count == 0) continue;
            await database.Write(async scope =>
            {
                if (await SourceTable.Find(scope, source.CalendarId) is null) return;
                var run = await ObjectRun.Begin(scope, source.Account);
                foreach (var row in await ObjectTable.Find(scope, source.Account, [.. gone.Select(row => row.Id)])) await run.Remove(row);
                await run.Settle();
            }, cancellation);
        }
    }
}
