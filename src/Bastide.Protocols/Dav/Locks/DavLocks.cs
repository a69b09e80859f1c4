using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Locks;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Locks;

/// <summary>
/// Write locks (RFC 4918 §6, §7). They are kept by the tree's name, the account and the path below its home, so that an
/// account that is renamed keeps them.
/// </summary>
sealed class DavLocks(Database database, DavTree tree, TimeProvider time)
{
    /// <summary>Where the locks of a path are kept; null for what belongs to no account.</summary>
    public async ValueTask<LockPlace?> PlaceOf(DavCall call, DavPath path) => await tree.HomeOf(call, path) is { } home ? LockPlace.Of(home, path) : null;

    /// <summary>The address that a lock stands on.</summary>
    public static string RootOf(PathLock held, DavHome home, bool isCollection)
    {
        var path = home.Path;
        foreach (var name in held.Path.Split('/').Skip(1)) path = path.Child(name);
        return isCollection ? path.Href + "/" : path.Href;
    }

    /// <summary>The locks that reach to a place.</summary>
    public ValueTask<List<PathLock>> On(LockPlace place, CancellationToken cancellation) => database.Read(scope => On(scope, place), cancellation);

    /// <summary>The locks that reach to any of these places of one account, those above them included.</summary>
    public ValueTask<List<PathLock>> OnAny(AccountId account, IEnumerable<LockPlace> places, CancellationToken cancellation)
    {
        var paths = places.SelectMany(place => LockTable.SelfAndAbove(place.Path)).ToHashSet();
        return database.Read(scope => LockTable.At(scope, account, paths, time.GetUtcNow()), cancellation);
    }

    /// <summary>
    /// Why a change may not be made: a lock of which no token was submitted by who holds it. Null when none is in the way.
    /// </summary>
    public async ValueTask<DavError?> Check(ReadScope scope, DavCall call, LockPlace place, DavReach reach)
    {
        var now = time.GetUtcNow();
        var near = await LockTable.At(scope, place.Home.Account, LockTable.SelfAndAbove(place.Path), now);
        if (Blocks(call, near.Where(held => held.Covers(place.Path))) is { } blocking) return Locked(place, blocking);
        // Who is a member of a collection is guarded by a lock on it of any depth (RFC 4918 §7.4).
        if (reach != DavReach.Node && Blocks(call, near.Where(held => held.Covers(place.Collection))) is { } above) return Locked(place, above);
        if (reach != DavReach.Branch) return null;
        var below = await LockTable.Below(scope, place.Home.Account, place.Path, now);
        foreach (var group in below.GroupBy(held => held.Path))
            if (Blocks(call, group) is { } member)
                return Locked(place, member);
        return null;
    }

    /// <summary>
    /// Takes a lock. Refused where others stand against it, in whose place the answer names their addresses (RFC 4918
    /// §9.10.5), and where the person has too many already.
    /// </summary>
    public async Task<(PathLock? Taken, DavError? Refused)> Take(DavCall call, LockPlace place, bool isExclusive, bool isDeep, string note, TimeSpan lasts, bool isCollection)
    {
        var now = time.GetUtcNow();
        var taken = new PathLock($"urn:uuid:{Guid.NewGuid()}", place.Home.Account, place.Path, call.Caller.Person, isExclusive, isDeep && isCollection, note, lasts, now + lasts);
        var against = await database.Write(async scope =>
            await LockTable.CountOf(scope, taken.Person, now) >= call.Engine.Limits.Locks ? null : await LockTable.Take(scope, taken, now), call.Cancellation);
        if (against is null) return (null, new DavError(StatusCodes.Status507InsufficientStorage, Text: "You hold too many locks: give some back."));
        if (against.Count == 0) return (taken, null);
        return (null, new DavError(StatusCodes.Status423Locked, DavNames.Of("no-conflicting-lock"))
        {
            Content = xml =>
            {
                foreach (var held in against) xml.Href(RootOf(held, place.Home, isCollection: false));
            },
            Member = against[0].IsBelow(place.Path) ? RootOf(against[0], place.Home, isCollection: false) : null,
        });
    }

    /// <summary>Has a lock last so long from now on; false when it is not there any more.</summary>
    public Task<bool> Refresh(PathLock held, TimeSpan lasts, CancellationToken cancellation) => database.Write(scope => LockTable.Refresh(scope, held.Token, lasts, time.GetUtcNow()), cancellation);

    /// <summary>Gives a lock back.</summary>
    public Task Release(string token, CancellationToken cancellation) => database.Write(scope => LockTable.Release(scope, token), cancellation);

    /// <summary>Forgets the locks on what is gone. Nearly always there are none, and then nothing is written.</summary>
    public async ValueTask Forget(LockPlace place, CancellationToken cancellation)
    {
        if (await HasAny(place, [place.Path], cancellation)) await database.Write(scope => LockTable.Forget(scope, place.Home.Account, place.Path), cancellation);
    }

    /// <summary>Forgets the locks on what was below a node that was replaced.</summary>
    public async ValueTask ForgetBelow(LockPlace place, CancellationToken cancellation)
    {
        if (await HasAny(place, [], cancellation)) await database.Write(scope => LockTable.ForgetBelow(scope, place.Home.Account, place.Path), cancellation);
    }

    ValueTask<bool> HasAny(LockPlace place, IReadOnlyCollection<string> paths, CancellationToken cancellation) => database.Read(async scope =>
        (await LockTable.Below(scope, place.Home.Account, place.Path, time.GetUtcNow())).Count > 0
        || (paths.Count > 0 && (await LockTable.At(scope, place.Home.Account, paths, time.GetUtcNow())).Count > 0), cancellation);

    async ValueTask<List<PathLock>> On(ReadScope scope, LockPlace place) =>
        (await LockTable.At(scope, place.Home.Account, LockTable.SelfAndAbove(place.Path), time.GetUtcNow())).FindAll(held => held.Covers(place.Path));

    /// <summary>One of the locks, when none of them was submitted by its holder. Of shared ones any will do (RFC 4918 §6.2).</summary>
    static PathLock? Blocks(DavCall call, IEnumerable<PathLock> locks)
    {
        PathLock? first = null;
        foreach (var held in locks)
        {
            if (held.Person == call.Caller.Person && call.SubmittedTokens.Contains(held.Token)) return null;
            first ??= held;
        }

        return first;
    }

    static DavError Locked(LockPlace place, PathLock held) => new(StatusCodes.Status423Locked, DavNames.Of("lock-token-submitted"))
    {
        Content = xml => xml.Href(RootOf(held, place.Home, isCollection: false)),
        Member = held.IsBelow(place.Path) ? RootOf(held, place.Home, isCollection: false) : null,
    };
}
