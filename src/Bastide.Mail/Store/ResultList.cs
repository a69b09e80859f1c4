using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>
/// The results of a query in order, read as far as they are needed. By when messages came, they are read from the index
/// page by page; in any other order, all at once.
/// </summary>
sealed class ResultList(ReadScope scope, FilterSql filter, EmailQuery query)
{
    const int MostResults = 1_000_000;
    const int LargestPage = 20_000;
    readonly HashSet<long> _threads = [];
    bool _isComplete;
    (long ReceivedAt, long Id)? _last;

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

    bool IsByTime => !filter.IsSearch && query.Sort is [] or [{ Property: EmailSortProperty.ReceivedAt }];

    async ValueTask ReadPage(long wanted)
    {
        if (filter.IsSearch || !IsByTime)
        {
            var (all, allArgs) = filter.All(query.Sort, MostResults);
            Add(await scope.List(QuerySql.Of(all), row => (row.Long(0), row.Long(1)), allArgs));
            _isComplete = true;
            return;
        }

        var isAscending = query.Sort is [{ IsAscending: true }];
        var edge = isAscending ? long.MinValue : long.MaxValue;
        var size = (int)Math.Clamp(query.CollapseThreads ? wanted * 2 : wanted, 64, LargestPage);
        var (page, pageArgs) = filter.Page(isAscending, _last?.ReceivedAt ?? edge, _last?.Id ?? edge, size);
        var rows = await scope.List(QuerySql.Of(page), row => (Id: row.Long(0), Thread: row.Long(1), ReceivedAt: row.Long(2)), pageArgs);
        Add(rows.Select(row => (row.Id, row.Thread)));
        _isComplete = rows.Count < size || Ids.Count >= MostResults;
        if (rows.Count > 0) _last = (rows[^1].ReceivedAt, rows[^1].Id);
    }

    void Add(IEnumerable<(long Id, long Thread)> rows)
    {
        foreach (var (id, thread) in rows)
            if (!query.CollapseThreads || _threads.Add(thread))
                Ids.Add(id);
    }
}
