using System.Diagnostics;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Search;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bastide.Bench.Platform;

/// <summary>100,000 documents like messages (2 KB of text each) in one account: how fast they are indexed and found.</summary>
static class SearchBench
{
    const int Documents = 100_000;
    static readonly DataType Letter = new("Letter");

    public static async Task Run(Report report, Database sqlite, Database postgres, CancellationToken cancellation)
    {
        var rows = new List<string[]>();
        var slowest = 0.0;
        foreach (var database in new[] { sqlite, postgres })
        {
            var letters = new Letters();
            var account = await database.Write(async scope =>
            {
                var id = await AccountTable.Create(scope, AccountKind.User, "Reader", null, DateTimeOffset.UnixEpoch);
                await scope.Advance(id, Letter);
                return id;
            }, cancellation);
            var index = new SearchIndex(database);
            using var indexer = new Indexer(database, new ChangeFeed(), index, [letters], TimeProvider.System, NullLogger<Indexer>.Instance);
            var started = Stopwatch.GetTimestamp();
            await indexer.CatchUp(account, Letter, cancellation);
            var took = Stopwatch.GetElapsedTime(started);
            rows.Add([database.Engine.ToString(), "documents indexed a second", Report.Figure(Documents / took.TotalSeconds), "", ""]);

            foreach (var (name, query, limit) in Queries())
            {
                var found = 0;
                var times = await Measure.Times(100, async _ =>
                    found = (await database.Read(scope => index.Match(scope, account, Letter, query, limit), cancellation)).Count);
                if (database.Engine == Engine.Sqlite) slowest = Math.Max(slowest, Measure.Median(times));
                rows.Add(["", name, Report.Figure(found), Report.Figure(Measure.Median(times)), Report.Figure(Measure.Percentile(times, 99))]);
            }
        }

        report.Table(["search, 100,000 documents", "query", "found", "median ms", "p99 ms"], rows);
        report.Target("The slowest query of the embedded database, at the median", slowest, "ms", atLeast: false, 50);
    }

    static IEnumerable<(string, SearchQuery, int)> Queries() =>
    [
        ("a rare word", SearchQuery.Words("w19999"), 100),
        ("a common word, the newest 100", SearchQuery.Words("w3"), 100),
        ("a common word, all of them", SearchQuery.Words("w40"), Documents),
        ("three words", SearchQuery.Words("w20 w300 w41"), 100),
        ("two words as a phrase", SearchQuery.Phrase("w7 w12"), 100),
        ("a beginning", SearchQuery.Words("w12*"), 100),
        ("a word in the title", SearchQuery.Words("w5", SearchField.Title), 100),
        ("one word without another", SearchQuery.And(SearchQuery.Words("w20"), SearchQuery.Not(SearchQuery.Words("w3"))), 100),
    ];

    /// <summary>Letters whose words are as unevenly frequent as those of a language (Zipf).</summary>
    sealed class Letters : IIndexSource
    {
        static readonly double[] Cumulative = Weights();

        public DataType Type => Letter;

        public ValueTask<ItemChanges?> Changed(AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
            ValueTask.FromResult<ItemChanges?>(new ItemChanges(since, new Sequence(1), false, [.. Enumerable.Range(1, Documents).Select(i => (long)i)], [], []));

        public ValueTask<IReadOnlyList<SearchDocument>> Load(AccountId account, IReadOnlyList<long> ids, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<SearchDocument>>([.. ids.Select(Make)]);

        static SearchDocument Make(long id)
        {
            var random = new Random((int)id);
            return new SearchDocument(id, Text(random, 7), $"Person {id % 500} <person{id % 500}@example.org>", "alice@demo.localhost", Text(random, 300), id % 10 == 0 ? "report.pdf" : "");
        }

        static string Text(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => $"w{Word(random)}"));

        static int Word(Random random)
        {
            var at = Array.BinarySearch(Cumulative, random.NextDouble() * Cumulative[^1]);
            return at < 0 ? ~at : at;
        }

        static double[] Weights()
        {
            var cumulative = new double[40_000];
            var sum = 0.0;
            for (var i = 0; i < cumulative.Length; i++) cumulative[i] = sum += 1.0 / (i + 2);
            return cumulative;
        }
    }
}
