using Bastide.Abstractions.Identity;
using Bastide.Protocols.Dav.Principals;

namespace Bastide.Protocols.Dav;

/// <summary>
/// The tree whole: the root, the principals, and the trees that modules registered. An address in a path is that of an
/// account, its primary one: a node has one path, and a lock on it cannot be passed by under another.
/// </summary>
sealed class DavTree(DavTable table, IDirectory directory, PrincipalTree principals)
{
    /// <summary>The node at a path; null where there is none for the caller.</summary>
    public async ValueTask<DavNode?> Find(DavCall call, DavPath path, DavWanted wanted)
    {
        if (path.Depth == 0) return new RootCollection(call, this, principals);
        var names = path.Segments();
        if (names[0] == PrincipalTree.Name) return await principals.Find(call, names);
        if (HomesOf(call, names[0]) is not { } homes) return null;
        if (names.Length == 1) return new HomesCollection(call, this, homes);
        if (await HomeOf(call, path) is not { } home) return null;
        if (names.Length == 2) return await homes.Homes(call, [home], wanted) is [var node, ..] ? node : null;
        return await homes.Find(call, home, names[2..], wanted);
    }

    /// <summary>The trees whose scope the credential covers.</summary>
    public IEnumerable<IDavHomes> AllHomes(DavCall call) => table.Homes.Values.Where(homes => call.Caller.May(homes.Scope));

    /// <summary>The tree of a name; null where there is none or the credential does not cover it.</summary>
    public IDavHomes? HomesOf(DavCall call, string name) => table.Homes.TryGetValue(name, out var homes) && call.Caller.May(homes.Scope) ? homes : null;

    /// <summary>The home that a path leads into; null where its address is nobody's.</summary>
    public async ValueTask<DavHome?> HomeOf(DavCall call, DavPath path)
    {
        if (path.Depth < 2) return null;
        while (path.Depth > 2) path = path.Parent!;
        // Nearly every request is about one's own: nobody need be asked for that.
        if (path.Name.Equals(call.Caller.Address, StringComparison.OrdinalIgnoreCase)) return new DavHome(call.Caller.Person, call.Caller.Address, path.Parent!.Child(call.Caller.Address), null);
        return await directory.Find(path.Name, call.Cancellation) is { Disabled: false } entry && path.Name.Equals(entry.Address, StringComparison.OrdinalIgnoreCase)
            ? new DavHome(entry.Account, entry.Address, path.Parent!.Child(entry.Address), entry.Account == call.Caller.Person ? null : entry.Name)
            : null;
    }
}
