using System.Xml.Linq;
using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Dav;

/// <summary>
/// A resource as the caller sees it at one moment: a <see cref="DavCollection"/>, a <see cref="DavResource"/> or a
/// principal. Made by the module for one request; what is not overridden is not there, or not allowed. Operations ask who
/// may, own their transaction and move the change sequence by themselves, and answer an error as a value.
/// </summary>
/// <param name="path">Where it stands.</param>
/// <param name="home">The tree it stands in; null for what belongs to nobody.</param>
public abstract class DavNode(DavPath path, DavHome? home)
{
    /// <summary>Where it stands.</summary>
    public DavPath Path => path;

    /// <summary>The tree it stands in; null for what belongs to nobody.</summary>
    public DavHome? Home => home;

    /// <summary>Whether it has members, and its address a slash at the end.</summary>
    public abstract bool IsCollection { get; }

    /// <summary>Its address: with a slash at the end where it is a collection or a principal.</summary>
    public virtual string Href => IsCollection ? path.Href + "/" : path.Href;

    /// <summary>What the caller may do with it; from this the privileges of RFC 3744 are told.</summary>
    public abstract Rights Rights { get; }

    /// <summary>The <c>DAV:resourcetype</c>, beside <c>DAV:collection</c>.</summary>
    public virtual IReadOnlyList<XName> ResourceTypes => [];

    /// <summary>The <c>DAV:displayname</c>, or null.</summary>
    public virtual string? DisplayName => null;

    /// <summary>The <c>DAV:getetag</c> with its quotes, or null. Strong: it changes with the octets (RFC 9110 §8.8.3).</summary>
    public virtual string? ETag => null;

    /// <summary>The <c>DAV:creationdate</c>, or null.</summary>
    public virtual DateTimeOffset? Created => null;

    /// <summary>The <c>DAV:getlastmodified</c>, or null.</summary>
    public virtual DateTimeOffset? Modified => null;

    /// <summary>The <c>DAV:getcontenttype</c>, or null.</summary>
    public virtual string? ContentType => null;

    /// <summary>The <c>DAV:getcontentlength</c>, or null.</summary>
    public virtual long? ContentLength => null;

    /// <summary>The <c>DAV:getcontentlanguage</c>, or null.</summary>
    public virtual string? ContentLanguage => null;

    /// <summary>Whether it can be locked (RFC 4918 §6); for a collection also whether its members can.</summary>
    public virtual bool IsLockable => false;

    /// <summary>Whether properties that nobody registered may be set on it.</summary>
    public virtual bool KeepsDeadProperties => false;

    /// <summary>Those that were set; filled when the node was asked for with <see cref="DavWanted.Dead"/>.</summary>
    public virtual IReadOnlyList<DavDeadProperty> DeadProperties => [];

    /// <summary>With whom it is shared, where it can be (RFC 3744 §8.1); null where it cannot.</summary>
    public virtual IDavShared? Shared => null;

    /// <summary>Whether it has content, so that <c>GET</c> is allowed.</summary>
    public virtual bool HasContent => false;

    /// <summary>The content; null where it is gone by now, or not for the caller.</summary>
    public virtual ValueTask<DavBody?> Open(DavCall call) => new((DavBody?)null);

    /// <summary>
    /// Sets and removes properties, all or none (RFC 4918 §9.2). The engine has seen to it that each is one that can be
    /// set here and that its value is well-formed. An error may name the property that is to blame.
    /// </summary>
    public virtual ValueTask<DavError?> Patch(DavCall call, IReadOnlyList<DavPropertyChange> changes, DavGuard guard) => new(DavError.Forbidden);

    /// <summary>Destroys it with all below it (RFC 4918 §9.6).</summary>
    public virtual ValueTask<DavError?> Delete(DavCall call, DavGuard guard) => new(DavError.Forbidden);
}
