using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>
/// The results of a query in order, read as far as they are needed. By when messages came, they are read from the index
/// page by page; in any other order, all at once. A search by when messages came begins page by page, and goes over to all
/// at once when the pages hold few that match: then there are few in all.
/// </summary>
sealed class ResultList(ReadScope scope, FilterSql filter, EmailQuery query)
{
    const int MostResults = 1_000_000;
    const int LargestPage = 20_000;
    const int FirstSearchedPage = 128;
    const int RowsForOneHit = 32;
    readonly HashSet<long> _threads = [];
    bool _isComplete;
    (long ReceivedAt, long Id)? _last;
    long _walked;
    long _hits;

    /// <summary>What was read so far.</summary>
    public List<long> Ids { get; } = [];

    /// <summary>The threads of what was read, when only one of each is wanted.</summary>
    public IReadOnlySet<long> Threads => _threads;

    /// <summary>Reads on until there are so many, or no more.</summary>
    public async ValueTask ReadTo(long count)
    {
        while (!_isComplete && Ids.Count < count) await ReadPage(count - Ids.Count);
    }

    /// <summary>Reads on until the id is there, and answers its index; -1 when it is not among the results.</summary>
    public async ValueTask<int> IndexOf(long id)
    {
        var from = 0;
        while (true)
        {
            var index = Ids.IndexOf(id, from);
            if (index >= 0 || _isComplete) return index;
            from = Ids.Count;
            await ReadPage(Math.Max(1000, Ids.Count));
        }
    }

    /// <summary>Reads on until <paramref name="isEnough"/>, asked after each page.</summary>
    public async ValueTask ReadUntil(Func<bool> isEnough)
    {
        while (!_isComplete && !isEnough()) await ReadPage(Math.Max(200, Ids.Count));
    }

    bool IsByTime => query.Sort is [] or [{ Property: EmailSortProperty.ReceivedAt }];

    bool IsAscending => query.Sort is [{ IsAscending: true }];

    (long ReceivedAt, long Id) Last => _last ?? (IsAscending ? (long.MinValue, long.MinValue) : (long.MaxValue, long.MaxValue));

    ValueTask ReadPage(long wanted)
    {
        if (!IsByTime) return ReadAll();
        if (!filter.IsSearch) return ReadPageByTime(wanted);
        return _hits * RowsForOneHit >= _walked ? ReadSearchedPage() : ReadAll();
    }

    async ValueTask ReadAll()
    {
        var (sql, args) = filter.All(query.Sort, MostResults);
        var all = await scope.List(QuerySql.Of(sql), row => (row.Long(0), row.Long(1)), args);
        Ids.Clear();
        _threads.Clear();
        Add(all);
        _isComplete = true;
    }

    async ValueTask ReadPageByTime(long wanted) => Add(await ReadRows((int)Math.Clamp(query.CollapseThreads ? wanted * 2 : wanted, 64, LargestPage)));

    async ValueTask ReadSearchedPage()
    {
        var rows = await ReadRows((int)Math.Clamp(_walked, FirstSearchedPage, LargestPage));
        var hits = await filter.HaveText(scope, [.. rows.Select(row => row.Id)]);
        Add(rows.Where(row => hits.Contains(row.Id)));
        (_walked, _hits) = (_walked + rows.Count, _hits + hits.Count);
    }

    async ValueTask<List<(long Id, long Thread)>> ReadRows(int size)
    {
        var (sql, args) = filter.Page(IsAscending, Last.ReceivedAt, Last.Id, size);
        var rows = await scope.List(QuerySql.Of(sql), row => (Id: row.Long(0), Thread: row.Long(1), ReceivedAt: row.Long(2)), args);
        _isComplete = rows.Count < size || Ids.Count >= MostResults;
        if (rows.Count > 0) _last = (rows[^1].ReceivedAt, rows[^1].Id);
        return rows.ConvertAll(row => (row.Id, row.Thread));
    }

    void Add(IEnumerable<(long Id, long Thread)> rows)
    {
        foreach (var (id, thread) in rows)
            if (!query.CollapseThreads || _threads.Add(thread))
                Ids.Add(id);
    }
}
