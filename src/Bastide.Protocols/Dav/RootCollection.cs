using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav.Principals;

namespace Bastide.Protocols.Dav;

/// <summary><c>/dav/</c>: the principals and the trees of the modules.</summary>
sealed class RootCollection(DavCall call, DavTree tree, PrincipalTree principals) : DavCollection(call.Mount, null)
{
    public override Rights Rights => Rights.Reader;

    public override async IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted)
    {
        yield return [principals.Collection(call), .. tree.AllHomes(call).Select(homes => new HomesCollection(call, tree, homes))];
        await Task.CompletedTask;
    }

    public override async ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted)
    {
        var found = new List<DavNode>();
        foreach (var name in names)
            if (await tree.Find(call, Path.Child(name), wanted) is { } node)
                found.Add(node);
        return found;
    }
}
