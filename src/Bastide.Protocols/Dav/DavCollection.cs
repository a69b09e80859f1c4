using Bastide.Platform.Changes;

namespace Bastide.Protocols.Dav;

/// <summary>A node with members. What it lists and finds is what the caller may see.</summary>
/// <param name="path">Where it stands.</param>
/// <param name="home">The tree it stands in; null for what belongs to nobody.</param>
public abstract class DavCollection(DavPath path, DavHome? home) : DavNode(path, home)
{
    /// <inheritdoc/>
    public sealed override bool IsCollection => true;

    /// <summary>
    /// The members, a page of at most some hundred at a time; no connection is held between two pages, because the client
    /// may take its time.
    /// </summary>
    public abstract IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted);

    /// <summary>The members of these names, in any order; those there are not are left out.</summary>
    public abstract ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted);

    /// <summary>Makes a member of an upload (<c>PUT</c>, RFC 4918 §9.7). The name is not taken, as far as the engine saw.</summary>
    public virtual ValueTask<DavStored> Create(DavCall call, string name, DavUpload upload, DavGuard guard) => new(DavError.Forbidden);

    /// <summary>Makes a collection within (<c>MKCOL</c>, RFC 4918 §9.3, RFC 5689, and what is like it).</summary>
    public virtual ValueTask<DavError?> MakeCollection(DavCall call, string name, DavNewCollection collection, DavGuard guard) => new(DavError.Forbidden);

    /// <summary>
    /// Takes in a copy of a node, with its dead properties, as a member (RFC 4918 §9.8). What it cannot copy by itself
    /// (of another module) is given over octet by octet.
    /// </summary>
    public virtual ValueTask<DavError?> Copy(DavCall call, DavTransfer transfer) => transfer.GiveOver(call, this);

    /// <summary>Takes in a node as a member, away from where it was (RFC 4918 §9.9).</summary>
    public virtual ValueTask<DavError?> Move(DavCall call, DavTransfer transfer) => transfer.GiveOverAndDelete(call, this);

    /// <summary>
    /// The position the members are at, for <c>DAV:sync-token</c> and <c>getctag</c>; null where changes are not told
    /// (RFC 6578).
    /// </summary>
    public virtual Sequence? SyncState => null;

    /// <summary>
    /// The members that changed after a position (all there are when it is null) and the names of those that went, about
    /// <paramref name="limit"/> at most, cut only between two numbers of the sequence: where more share one number, all of
    /// them. Null when it cannot be told any more: then the client starts afresh.
    /// </summary>
    public virtual ValueTask<DavChanges?> Changes(DavCall call, Sequence? since, int limit, DavWanted wanted) => new((DavChanges?)null);
}
