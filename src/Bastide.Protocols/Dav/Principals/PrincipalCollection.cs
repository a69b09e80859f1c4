using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Dav.Principals;

/// <summary>
/// <c>/dav/principals/</c>. It lists the caller and the accounts the caller reaches; everybody else is found by name
/// (<c>DAV:principal-property-search</c>).
/// </summary>
sealed class PrincipalCollection(DavCall call, PrincipalTree tree) : DavCollection(call.Mount.Child(PrincipalTree.Name), null)
{
    public override Rights Rights => Rights.Reader;

    public override async IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted)
    {
        yield return [.. (await call.Engine.ReachedBy(call)).Select(entry => PrincipalTree.Principal(call, entry))];
    }

    public override async ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted)
    {
        var found = new List<DavNode>();
        foreach (var name in names)
            if (await tree.Find(call, name) is { } principal)
                found.Add(principal);
        return found;
    }
}
