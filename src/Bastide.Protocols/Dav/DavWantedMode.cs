namespace Bastide.Protocols.Dav;

/// <summary>How a request asks for properties.</summary>
enum DavWantedMode
{
    /// <summary>By their names.</summary>
    Named,

    /// <summary>Those of RFC 4918 and the dead ones, and others by their names (<c>DAV:allprop</c>).</summary>
    All,

    /// <summary>The names of all there are (<c>DAV:propname</c>).</summary>
    Names,
}
