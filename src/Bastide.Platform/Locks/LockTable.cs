using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Platform.Locks;

/// <summary>
/// The locks there are. One that has expired is not there, whether or not its row is. What a lock forbids is for the
/// protocol to say that took it.
/// </summary>
public static class LockTable
{
    // The most rows any question is answered with: more locks on one branch than anybody holds.
    const int Most = 10_000;
    const string Columns = "token, account_id, path, person_id, is_exclusive, is_deep, note, seconds, expires_at";

    static readonly Sql SelectAt = new($$"""
        SELECT {{Columns}} FROM locks WHERE account_id = $1 AND path {any $2} AND expires_at > $3 LIMIT {{Most}}
        """);

    static readonly Sql SelectBelow = new($"""
        SELECT {Columns} FROM locks WHERE account_id = $1 AND path >= $2 AND path < $3 AND expires_at > $4 ORDER BY path LIMIT {Most}
        """);

    static readonly Sql SelectByToken = new($"SELECT {Columns} FROM locks WHERE token = $1 AND expires_at > $2");

    static readonly Sql CountOfPerson = new("SELECT COUNT(*) FROM locks WHERE person_id = $1 AND expires_at > $2");

    static readonly Sql Insert = new($"INSERT INTO locks ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");

    static readonly Sql Prolong = new("UPDATE locks SET seconds = $2, expires_at = $3 WHERE token = $1 AND expires_at > $4");

    static readonly Sql DeleteByToken = new("DELETE FROM locks WHERE token = $1");

    static readonly Sql DeleteAt = new("DELETE FROM locks WHERE account_id = $1 AND path = $2");

    static readonly Sql DeleteBelow = new("DELETE FROM locks WHERE account_id = $1 AND path >= $2 AND path < $3");

    static readonly Sql DeleteExpired = new("DELETE FROM locks WHERE person_id = $1 AND expires_at <= $2");

    // Whoever changes something of an account holds its row, too (see Advance): then nobody makes a lock at the same time.
    static readonly Sql HoldAccount = new("SELECT id FROM accounts WHERE id = $1 {lock}");

    /// <summary>The locks whose addresses are any of these.</summary>
    public static ValueTask<List<PathLock>> At(ReadScope scope, AccountId account, IReadOnlyCollection<string> paths, DateTimeOffset now) =>
        scope.List(SelectAt, Map, account, paths.ToArray(), now);

    /// <summary>The locks whose addresses stand below this one.</summary>
    public static ValueTask<List<PathLock>> Below(ReadScope scope, AccountId account, string path, DateTimeOffset now) =>
        scope.List(SelectBelow, Map, account, path + "/", path + "0", now);

    /// <summary>The lock of a token, or null.</summary>
    public static ValueTask<PathLock?> Find(ReadScope scope, string token, DateTimeOffset now) => scope.First(SelectByToken, Map, token, now);

    /// <summary>How many locks a person holds.</summary>
    public static async ValueTask<long> CountOf(ReadScope scope, AccountId person, DateTimeOffset now) => (await scope.Long(CountOfPerson, person, now))!.Value;

    /// <summary>
    /// Takes a lock, unless others stand against it: then they are answered, and it is not taken. Of two who take one at the
    /// same time one is second.
    /// </summary>
    public static async ValueTask<IReadOnlyList<PathLock>> Take(WriteScope scope, PathLock taken, DateTimeOffset now)
    {
        await scope.Long(HoldAccount, taken.Account);
        var others = (await At(scope, taken.Account, SelfAndAbove(taken.Path), now)).FindAll(other => other.Covers(taken.Path));
        if (taken.IsDeep) others.AddRange(await Below(scope, taken.Account, taken.Path, now));
        var against = others.FindAll(other => other.IsExclusive || taken.IsExclusive);
        if (against.Count > 0) return against;
        await scope.Execute(DeleteExpired, taken.Person, now);
        await scope.Execute(
            Insert, taken.Token, taken.Account, taken.Path, taken.Person, taken.IsExclusive, taken.IsDeep, taken.Note, (long)taken.Lasts.TotalSeconds, taken.Expires);
        return [];
    }

    /// <summary>Has a lock last longer, or shorter; false when it is not there any more.</summary>
    public static async ValueTask<bool> Refresh(WriteScope scope, string token, TimeSpan lasts, DateTimeOffset now) =>
        await scope.Execute(Prolong, token, (long)lasts.TotalSeconds, now + lasts, now) == 1;

    /// <summary>Gives a lock back; false when it was not there.</summary>
    public static async ValueTask<bool> Release(WriteScope scope, string token) => await scope.Execute(DeleteByToken, token) == 1;

    /// <summary>Forgets the locks on what went away, and on all that stood below it.</summary>
    public static async ValueTask Forget(WriteScope scope, AccountId account, string path)
    {
        await scope.Execute(DeleteAt, account, path);
        await ForgetBelow(scope, account, path);
    }

    /// <summary>Forgets the locks on all that stood below an address.</summary>
    public static async ValueTask ForgetBelow(WriteScope scope, AccountId account, string path) => await scope.Execute(DeleteBelow, account, path + "/", path + "0");

    /// <summary>An address and those it stands below.</summary>
    public static IReadOnlyList<string> SelfAndAbove(string path)
    {
        var paths = new List<string> { path };
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1)) paths.Add(path[..slash]);
        return paths;
    }

    static PathLock Map(Row row) => new(
        row.Text(0), new AccountId(row.Long(1)), row.Text(2), new AccountId(row.Long(3)), row.Bool(4), row.Bool(5), row.Text(6), TimeSpan.FromSeconds(row.Long(7)), row.Time(8));
}
