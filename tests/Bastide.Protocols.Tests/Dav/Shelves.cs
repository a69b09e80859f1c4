using System.Globalization;
using System.Xml.Linq;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.Dav;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>
/// A module whose collections and files live in memory: <c>/dav/shelves/ADDRESS/…</c>, with everything that a module can
/// add to the engine.
/// </summary>
sealed class Shelves(Database database, TimeProvider time) : IDavModule, IDavHomes
{
    public static readonly XNamespace Namespace = "urn:example:shelves";
    public static readonly XName Shelf = Namespace + "shelf";
    public static readonly DataType Type = new("Shelf");
    public const int LargestFile = 10_000_000;

    readonly Lock _lock = new();
    readonly Dictionary<AccountId, ShelfEntry> _roots = [];

    public string Name => "shelves";

    public string Scope => "files";

    public TimeProvider Time => time;

    public Database Database => database;

    public void Register(DavTable table)
    {
        table.AddNamespace("T", Namespace);
        table.AddHomes(this);
        table.AddFeature("shelves");
        table.AddWellKnown("shelves");
        table.AddPrivilege(new DavPrivilege(Namespace + "lend", DavNames.Of("all"), Rights.Submit, "Lend"));
        table.AddProperty(DavProperty.Text<ShelfCollection>(
            Namespace + "colour", shelf => shelf.Entry.Colour, check: value => value?.Value.Length > 10 ? DavError.InConflict(Namespace + "short-colour") : null));
        table.AddProperty(DavProperty.Hrefs<DavPrincipal>(Namespace + "shelf-home-set", (call, principal) => [call.HomeHref(Name, principal.Entry.Address)]));
        table.AddProperty(DavProperty.Content<ShelfFile>(Namespace + "part", WritePart));
        table.AddVerb("MKSHELF", node => node is null, MakeShelf);
        table.AddReport(Namespace + "sizes", node => node is ShelfCollection, Sizes);
    }

    public async ValueTask<IReadOnlyList<DavCollection>> Homes(DavCall call, IReadOnlyList<DavHome> homes, DavWanted wanted)
    {
        var found = new List<DavCollection>();
        foreach (var home in homes)
            if (await AccessOf(call, home) is { } access)
                found.Add(new ShelfCollection(this, Root(home.Account), home.Path, home, access, access.Whole));
        return found;
    }

    public async ValueTask<DavNode?> Find(DavCall call, DavHome home, IReadOnlyList<string> names, DavWanted wanted)
    {
        if (await AccessOf(call, home) is not { } access) return null;
        lock (_lock)
        {
            var (entry, path, rights) = (Root(home.Account), home.Path, access.Whole);
            foreach (var name in names)
            {
                if (entry.Members?.TryGetValue(name, out var member) != true) return null;
                (entry, path) = (member!, path.Child(name));
                rights = access.On(rights, entry);
            }

            return rights == Rights.None ? null : Node(entry, path, home, access, rights);
        }
    }

    public DavNode Node(ShelfEntry entry, DavPath path, DavHome home, ShelfAccess access, Rights rights) =>
        entry.IsCollection ? new ShelfCollection(this, entry, path, home, access, rights) : new ShelfFile(this, entry, path, home, rights);

    /// <summary>Reads under the lock.</summary>
    public T Read<T>(Func<T> read)
    {
        lock (_lock) return read();
    }

    /// <summary>Changes something of an account in a transaction, once the guard agrees.</summary>
    public Task<DavError?> Change(DavCall call, AccountId account, IEnumerable<DavGuard> guards, Func<Sequence, DavError?> change) => database.Write(async scope =>
    {
        var sequence = await scope.Advance(account, Type);
        foreach (var guard in guards)
            if (await guard.CheckLocks(scope) is { } locked)
                return locked;
        lock (_lock) return change(sequence);
    }, call.Cancellation);

    /// <summary>All of an upload; null when it is too large.</summary>
    public static async ValueTask<byte[]?> Read(DavUpload upload, DavCall call) => (await upload.ReadAll(LargestFile, call.Cancellation))?.ToArray();

    public ValueTask<bool> HasRoom(DavCall call, AccountId account, int octets) => database.Read(scope => AccountTable.HasRoom(scope, account, octets), call.Cancellation);

    public async ValueTask<DavError?> Delete(DavCall call, DavNode node, DavGuard guard)
    {
        if (node.Path.Depth <= 2 || await call.Find(node.Path.Parent!, DavWanted.None) is not ShelfCollection parent) return DavError.Forbidden;
        if (!parent.Rights.HasFlag(Rights.Delete)) return DavError.NeedPrivileges(parent, DavNames.Unbind);
        return await Change(call, node.Home!.Account, [guard], sequence =>
        {
            if (guard.ETag is { } expected && (!parent.Entry.Members!.TryGetValue(node.Path.Name, out var now) || ShelfFile.ETagOf(now) != expected)) return DavError.PreconditionFailed;
            return parent.Entry.Remove(node.Path.Name, sequence) ? null : DavError.NotFound;
        });
    }

    ShelfEntry Root(AccountId account)
    {
        lock (_lock)
        {
            if (_roots.TryGetValue(account, out var root)) return root;
            return _roots[account] = ShelfEntry.Collection(default, time.GetUtcNow());
        }
    }

    /// <summary>Null where the caller may see nothing.</summary>
    ValueTask<ShelfAccess?> AccessOf(DavCall call, DavHome home) => database.Read(async scope =>
    {
        var access = new ShelfAccess(await Access.On(scope, call.Caller, home.Account), await Access.OnCollections(scope, call.Caller, home.Account, Type));
        return access.Whole == Rights.None && access.Single.Count == 0 ? null : access;
    }, call.Cancellation);

    /// <summary>As much of the content as the element asks for.</summary>
    static void WritePart(DavXmlWriter xml, ShelfFile file, XElement? asked) =>
        xml.Text(file.Entry.Content.AsSpan(0, Math.Min(file.Entry.Content.Length, int.Parse(asked?.Attribute("octets")?.Value ?? "10", CultureInfo.InvariantCulture))));

    static async ValueTask MakeShelf(DavCall call)
    {
        if (call.Path.Parent is null || await call.Find(call.Path.Parent, DavWanted.None) is not DavCollection parent)
        {
            await call.Answer(DavError.Conflict);
            return;
        }

        if (await parent.MakeCollection(call, call.Path.Name, new DavNewCollection([Shelf], []), DavGuard.None) is { } error) await call.Answer(error);
        else await call.Answer(201);
    }

    static async ValueTask Sizes(DavCall call, DavNode node, XElement body)
    {
        var least = long.Parse(body.Attribute("least")?.Value ?? "0", CultureInfo.InvariantCulture);
        var wanted = call.Wanted(body);
        using var answer = call.BeginMultistatus(wanted);
        await foreach (var page in ((DavCollection)node).Members(call, wanted)) await answer.Write([.. page.Where(member => member.ContentLength >= least)]);
        await answer.End();
    }
}
