using System.Collections.Concurrent;
using System.Diagnostics;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bastide.Platform.Search;

/// <summary>
/// Keeps the index up with the items: follows the change feed, and at start whatever changed while nobody followed.
/// It knows where it stands for each account and type, and moves there in the transaction that writes the documents;
/// two nodes at the same account do not undo each other's work. Accounts take turns, a batch each.
/// </summary>
public sealed class Indexer : BackgroundService
{
    const int Page = 200;
    const int ChangesAtOnce = 1000;
    const int MostCharactersInOneWrite = 512 * 1024;
    const int MostRemembered = 10_000;

    // How far the position in memory may run ahead of the stored one when changes held nothing to index.
    const int StoreAtLeastEvery = 200;
    static readonly TimeSpan LongestCatchUp = TimeSpan.FromSeconds(1);

    // Who stores much at once is not kept waiting by a commit of the index for every commit of theirs; a search catches up by itself.
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);
    readonly Database _database;
    readonly ChangeFeed _feed;
    readonly SearchIndex _index;
    readonly TimeProvider _time;
    readonly ILogger<Indexer> _logger;
    readonly Dictionary<DataType, IIndexSource> _sources;
    readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];
    readonly ConcurrentDictionary<(AccountId, DataType), Sequence> _ahead = new();

    /// <summary>Takes the sources of every module.</summary>
    public Indexer(Database database, ChangeFeed feed, SearchIndex index, IEnumerable<IIndexSource> sources, TimeProvider time, ILogger<Indexer> logger)
    {
        _database = database;
        _feed = feed;
        _index = index;
        _time = time;
        _logger = logger;
        _sources = sources.ToDictionary(source => source.Type);
    }

    /// <summary>
    /// Indexes what is outstanding for the account and type, so that one finds what was just written. Gives up after a
    /// second: then the index is working through something large and follows by itself.
    /// </summary>
    public async ValueTask CatchUp(AccountId account, DataType type, CancellationToken cancellation)
    {
        if (!_sources.TryGetValue(type, out var source)) return;
        var started = Stopwatch.GetTimestamp();
        while (await Step(account, source, LongestCatchUp, cancellation) && Stopwatch.GetElapsedTime(started) < LongestCatchUp)
        {
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_sources.Count == 0) return;
        using var feed = _feed.Subscribe();
        var waiting = new IndexerQueue();
        var isBehind = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (isBehind || feed.TakeOverflow()) await AddOutstanding(waiting, stoppingToken);
                isBehind = false;
                waiting.AddDue(_time.GetUtcNow());
                if (waiting.IsEmpty) await Rest(feed, waiting, stoppingToken);
                while (feed.Changes.TryRead(out var change)) Add(waiting, change);
                if (waiting.TryTake(out var account, out var type)) await Turn(waiting, account, type, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                _logger.LogError(exception, "The search index could not look for changes; trying again");
                isBehind = true;
                await Task.Delay(RetryAfter, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var turn in _turns) turn.Dispose();
        base.Dispose();
    }

    async Task Turn(IndexerQueue waiting, AccountId account, DataType type, CancellationToken cancellation)
    {
        try
        {
            if (await Step(account, _sources[type], Timeout.InfiniteTimeSpan, cancellation)) waiting.Add(account, type);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            _logger.LogError(exception, "Changes to {Type} of {Account} could not be indexed; trying again later", type, account);
            waiting.AddLater(account, type, _time.GetUtcNow() + RetryAfter);
        }
    }

    async Task Rest(ChangeFeed.Subscription feed, IndexerQueue waiting, CancellationToken cancellation)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var change = feed.Changes.WaitToReadAsync(awake.Token).AsTask();
        if (waiting.HasLater) await Task.WhenAny(change, Task.Delay(RetryAfter, _time, awake.Token));
        else await change;
        await awake.CancelAsync();
        await Task.Delay(Gather, cancellation);
    }

    void Add(IndexerQueue waiting, AccountChanged change)
    {
        foreach (var type in change.Types.Count == 0 ? [.. _sources.Keys] : change.Types)
            if (_sources.ContainsKey(type))
                waiting.Add(change.Account, type);
    }

    async Task AddOutstanding(IndexerQueue waiting, CancellationToken cancellation)
    {
        AccountId? after = new AccountId(0);
        while (after is { } from)
        {
            (var behind, after) = await _database.Read(scope => PositionTable.Behind(scope, [.. _sources.Keys], from, 500), cancellation);
            foreach (var (account, type) in behind) waiting.Add(account, type);
        }
    }

    /// <summary>Indexes one batch. True when more is outstanding.</summary>
    async ValueTask<bool> Step(AccountId account, IIndexSource source, TimeSpan patience, CancellationToken cancellation)
    {
        var key = (account, source.Type);
        var (position, state) = await _database.Read(scope => PositionTable.Find(scope, account, source.Type), cancellation);
        if (Ahead(key, position) >= state && position <= state) return false;
        var turn = _turns[(key.GetHashCode() & int.MaxValue) % _turns.Length];
        if (!await turn.WaitAsync(patience, cancellation)) return false;
        try
        {
            (position, state) = await _database.Read(scope => PositionTable.Find(scope, account, source.Type), cancellation);
            if (position > state)
            {
                // The items come from a backup that is older than the index.
                await StartAfresh(account, source.Type, cancellation);
                return true;
            }

            var since = Ahead(key, position);
            if (since >= state) return false;
            var changes = await Changes(account, source, since, cancellation);
            await Write(account, source, position, changes, cancellation);
            return changes.HasMore;
        }
        finally
        {
            turn.Release();
        }
    }

    Sequence Ahead((AccountId, DataType) key, Sequence stored) => _ahead.TryGetValue(key, out var ahead) && ahead > stored ? ahead : stored;

    static async ValueTask<ItemChanges> Changes(AccountId account, IIndexSource source, Sequence since, CancellationToken cancellation)
    {
        for (long limit = ChangesAtOnce; limit <= int.MaxValue; limit *= 16)
            if (await source.Changed(account, since, (int)limit, cancellation) is { } changes)
                return changes;
        throw new InvalidOperationException($"The changes to {source.Type} of {account} since {since} cannot be told.");
    }

    async ValueTask Write(AccountId account, IIndexSource source, Sequence position, ItemChanges changes, CancellationToken cancellation)
    {
        long[] ids = [.. changes.Created, .. changes.Updated];
        if (ids.Length == 0 && changes.Destroyed.Count == 0 && changes.New.Value - position.Value < StoreAtLeastEvery)
        {
            if (_ahead.Count > MostRemembered) _ahead.Clear();
            _ahead[(account, source.Type)] = changes.New;
            return;
        }

        // The last part is written in the transaction that moves the position: mostly it is the only one.
        List<SearchDocument> last = [];
        foreach (var page in ids.Chunk(Page))
        {
            var documents = await source.Load(account, page, cancellation);
            foreach (var part in Parts(documents))
            {
                if (last.Count > 0)
                {
                    var prepared = _index.Prepare(account, source.Type, last);
                    // Somebody else was quicker: what they did counts, and the next step begins where they stand.
                    if (!await IfStillAt(account, source.Type, position, scope => _index.Put(scope, account, source.Type, prepared), cancellation)) return;
                }

                last = part;
            }
        }

        var rest = _index.Prepare(account, source.Type, last);
        await IfStillAt(account, source.Type, position, async scope =>
        {
            await _index.Put(scope, account, source.Type, rest);
            await SearchIndex.Remove(scope, account, source.Type, changes.Destroyed);
            await PositionTable.Move(scope, account, source.Type, changes.New);
        }, cancellation);
    }

    Task<bool> IfStillAt(AccountId account, DataType type, Sequence position, Func<WriteScope, ValueTask> write, CancellationToken cancellation) =>
        _database.Write(async scope =>
        {
            if (await PositionTable.Hold(scope, account, type) != position) return false;
            await write(scope);
            return true;
        }, cancellation);

    Task StartAfresh(AccountId account, DataType type, CancellationToken cancellation) => _database.Write(async scope =>
    {
        await PositionTable.Hold(scope, account, type);
        await SearchIndex.Remove(scope, account, type);
        await PositionTable.Move(scope, account, type, new Sequence(0));
    }, cancellation);

    /// <summary>Documents in parts that keep the other writers of the embedded database waiting for some milliseconds only.</summary>
    static IEnumerable<List<SearchDocument>> Parts(IReadOnlyList<SearchDocument> documents)
    {
        var part = new List<SearchDocument>();
        var characters = 0;
        foreach (var document in documents)
        {
            part.Add(document);
            characters += document.Title.Length + document.Sender.Length + document.Recipients.Length + Math.Min(document.Body.Length, SearchText.MostCharacters) + document.Names.Length;
            if (characters < MostCharactersInOneWrite) continue;
            yield return part;
            part = [];
            characters = 0;
        }

        if (part.Count > 0) yield return part;
    }
}
