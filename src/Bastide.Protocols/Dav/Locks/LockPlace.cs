namespace Bastide.Protocols.Dav.Locks;

/// <summary>Where the locks of a node are kept.</summary>
/// <param name="Home">The tree it stands in.</param>
/// <param name="Path">The tree's name and the names below the home, with a slash between them.</param>
sealed record LockPlace(DavHome Home, string Path)
{
    /// <summary>The place of what it stands in.</summary>
    public string Collection => Path.LastIndexOf('/') is var slash and > 0 ? Path[..slash] : Path;

    /// <summary>The place of a path below a home.</summary>
    public static LockPlace Of(DavHome home, DavPath path)
    {
        var names = path.Segments();
        return new LockPlace(home, string.Join('/', names[2..].Prepend(names[0])));
    }

    /// <summary>The place of a node; null for what belongs to no account.</summary>
    public static LockPlace? Of(DavNode node) => node.Home is { } home ? Of(home, node.Path) : null;
}
