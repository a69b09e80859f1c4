namespace Bastide.Protocols.Dav;

/// <summary>
/// What a module keeps for each account, served below <c>/dav/NAME/ADDRESS/</c>. The engine finds the account of the
/// address and sees to it that the credential covers the scope; what else the caller may see is for the module to say.
/// </summary>
public interface IDavHomes
{
    /// <summary>The first name of the path: <c>calendars</c>.</summary>
    string Name { get; }

    /// <summary>The scope a credential needs (<c>calendar</c>); without it there is nothing here.</summary>
    string Scope { get; }

    /// <summary>
    /// The collections the trees begin with, of those of the accounts where the caller may see anything. At most 1,000 are
    /// asked for.
    /// </summary>
    ValueTask<IReadOnlyList<DavCollection>> Homes(DavCall call, IReadOnlyList<DavHome> homes, DavWanted wanted);

    /// <summary>The node that these names (one at least) lead to below a home; null where there is none for the caller.</summary>
    ValueTask<DavNode?> Find(DavCall call, DavHome home, IReadOnlyList<string> names, DavWanted wanted);
}
