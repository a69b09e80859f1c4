using System.IO.Hashing;
using System.Runtime.InteropServices;
using Bastide.Platform.Db;

namespace Bastide.Platform.Search;

/// <summary>
/// The words of the index on SQLite, in an index of their own by three letters, to find those that hold a text within.
/// FTS5's own list of its words reads what they stand in as well: with 60,000 messages a look cost 120 ms, and grew with them.
/// A word is known by its hash, so that most are known to be there without a look. Words outlive the items they came
/// from; one that no item holds costs nothing but its place.
/// </summary>
sealed class Vocabulary
{
    const int MostRemembered = 250_000;
    const int Trigram = 3;
    const int MostTrigrams = 8;

    static readonly Sql SelectKnown = new("SELECT v.rowid FROM search_vocabulary v WHERE v.rowid {any $1}");
    static readonly Sql Insert = new("INSERT INTO search_vocabulary (rowid, term) VALUES ($1, $2)");
    static readonly Sql SelectMatching = new("SELECT v.term FROM search_vocabulary v WHERE v.search_vocabulary MATCH $1 AND instr(v.term, $2) > 0 LIMIT $3");
    static readonly Sql SelectAny = new("SELECT v.term FROM search_vocabulary v WHERE instr(v.term, $1) > 0 LIMIT $2");

    readonly Lock _lock = new();
    readonly HashSet<long> _remembered = [];

    /// <summary>Up to <paramref name="limit"/> words that hold a text within.</summary>
    public static ValueTask<List<string>> Holding(ReadScope scope, string text, int limit) => text.Length < Trigram
        ? scope.List(SelectAny, row => row.Text(0), text, limit)
        : scope.List(SelectMatching, row => row.Text(0), Trigrams(text), text, limit);

    /// <summary>Adds the words of folded texts.</summary>
    public async ValueTask Add(WriteScope scope, IEnumerable<string> folded)
    {
        var words = new Dictionary<long, string>();
        foreach (var text in folded)
            foreach (var range in text.AsSpan().Split(' '))
                if (text.AsSpan(range) is { Length: > 0 } word && HashOf(word) is var hash && !IsRemembered(hash))
                    words.TryAdd(hash, word.ToString());
        if (words.Count == 0) return;
        long[] hashes = [.. words.Keys];
        foreach (var known in await scope.List(SelectKnown, row => row.Long(0), hashes)) words.Remove(known);
        await scope.ExecuteMany(Insert, [.. words.Select(word => new object?[] { word.Key, word.Value })]);
        scope.AfterCommit(() => Remember(hashes));
    }

    static string Trigrams(string text) =>
        string.Join(" AND ", Enumerable.Range(0, Math.Min(text.Length - Trigram + 1, MostTrigrams)).Select(at => $"\"{text.AsSpan(at, Trigram)}\""));

    static long HashOf(ReadOnlySpan<char> word) => unchecked((long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(word)));

    bool IsRemembered(long hash)
    {
        lock (_lock) return _remembered.Contains(hash);
    }

    void Remember(long[] hashes)
    {
        lock (_lock)
        {
            if (_remembered.Count + hashes.Length > MostRemembered) _remembered.Clear();
            _remembered.UnionWith(hashes);
        }
    }
}
