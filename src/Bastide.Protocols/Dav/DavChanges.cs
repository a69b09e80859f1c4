using Bastide.Platform.Changes;

namespace Bastide.Protocols.Dav;

/// <summary>The answer to "what changed since" of a collection (RFC 6578 §3.5).</summary>
/// <param name="Changed">Members that came or changed.</param>
/// <param name="Gone">Names of members that were there and are no more.</param>
/// <param name="State">The position this brings the client to.</param>
/// <param name="HasMore">Whether to ask again from <paramref name="State"/>.</param>
public sealed record DavChanges(IReadOnlyList<DavNode> Changed, IReadOnlyList<string> Gone, Sequence State, bool HasMore);
