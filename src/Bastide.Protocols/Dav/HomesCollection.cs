using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Dav;

/// <summary><c>/dav/calendars/</c> and its like: the homes of the caller and of every account that lets the caller see something.</summary>
sealed class HomesCollection(DavCall call, DavTree tree, IDavHomes homes) : DavCollection(call.Mount.Child(homes.Name), null)
{
    public override Rights Rights => Rights.Reader;

    public override async IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted)
    {
        var accounts = await call.Engine.ReachedBy(call);
        yield return await homes.Homes(call, [.. accounts.Select(account => new DavHome(account.Account, account.Address, Path.Child(account.Address), account.Account == call.Caller.Person ? null : account.Name))], wanted);
    }

    public override async ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted)
    {
        var found = new List<DavHome>();
        foreach (var name in names)
            if (await tree.HomeOf(call, Path.Child(name)) is { } home)
                found.Add(home);
        return await homes.Homes(call, found, wanted);
    }
}
