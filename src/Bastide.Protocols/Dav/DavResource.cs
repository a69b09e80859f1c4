namespace Bastide.Protocols.Dav;

/// <summary>A node with content and without members.</summary>
/// <param name="path">Where it stands.</param>
/// <param name="home">The tree it stands in; null for what belongs to nobody.</param>
public abstract class DavResource(DavPath path, DavHome? home) : DavNode(path, home)
{
    /// <inheritdoc/>
    public sealed override bool IsCollection => false;

    /// <inheritdoc/>
    public override bool HasContent => true;

    /// <summary>Puts an upload in place of the content (<c>PUT</c>, RFC 4918 §9.7).</summary>
    public virtual ValueTask<DavStored> Replace(DavCall call, DavUpload upload, DavGuard guard) => new(DavError.Forbidden);
}
