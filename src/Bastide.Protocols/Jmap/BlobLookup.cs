using Bastide.Platform.Blobs;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// Finds the items of one type in the call's account that refer to blobs and that the caller may read, by blob; what
/// nothing refers to may be left out. RFC 9404 §4.3.
/// </summary>
public delegate ValueTask<IReadOnlyDictionary<BlobId, IReadOnlyList<string>>> BlobLookup(JmapCall call, IReadOnlyList<BlobId> blobs);
