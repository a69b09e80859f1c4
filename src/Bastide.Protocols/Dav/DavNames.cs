using System.Xml.Linq;

namespace Bastide.Protocols.Dav;

/// <summary>The names of the elements and properties that the engine knows by itself, all in the namespace <c>DAV:</c>.</summary>
public static class DavNames
{
    /// <summary>The namespace of WebDAV (RFC 4918 §14).</summary>
    public static readonly XNamespace Dav = "DAV:";

    /// <summary>Apple's namespace, of <c>getctag</c>.</summary>
    public static readonly XNamespace CalendarServer = "http://calendarserver.org/ns/";

    /// <summary>A name in <see cref="Dav"/>.</summary>
    public static XName Of(string local) => Dav + local;

    /// <summary>A collection (RFC 4918 §14.3).</summary>
    public static readonly XName Collection = Dav + "collection";

    /// <summary>A principal (RFC 3744 §4).</summary>
    public static readonly XName Principal = Dav + "principal";

    /// <summary>An address of something (RFC 4918 §14.7).</summary>
    public static readonly XName Href = Dav + "href";

    /// <summary>Names or values of properties (RFC 4918 §14.18).</summary>
    public static readonly XName Prop = Dav + "prop";

    /// <summary>The kinds of resource a node is (RFC 4918 §15.9).</summary>
    public static readonly XName ResourceType = Dav + "resourcetype";

    /// <summary>What people call it (RFC 4918 §15.2).</summary>
    public static readonly XName DisplayName = Dav + "displayname";

    /// <summary>Reading (RFC 3744 §3.1).</summary>
    public static readonly XName Read = Dav + "read";

    /// <summary>Everything that changes content, properties and members (RFC 3744 §3.2).</summary>
    public static readonly XName Write = Dav + "write";

    /// <summary>Changing properties (RFC 3744 §3.3).</summary>
    public static readonly XName WriteProperties = Dav + "write-properties";

    /// <summary>Changing the content of what is there (RFC 3744 §3.4).</summary>
    public static readonly XName WriteContent = Dav + "write-content";

    /// <summary>Adding members to a collection (RFC 3744 §3.9).</summary>
    public static readonly XName Bind = Dav + "bind";

    /// <summary>Removing members of a collection (RFC 3744 §3.10).</summary>
    public static readonly XName Unbind = Dav + "unbind";

    /// <summary>Changing who may do what (RFC 3744 §3.8).</summary>
    public static readonly XName WriteAcl = Dav + "write-acl";
}
