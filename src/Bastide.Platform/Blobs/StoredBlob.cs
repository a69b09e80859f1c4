namespace Bastide.Platform.Blobs;

/// <summary>What the store answers once bytes are durable.</summary>
/// <param name="Id">Their name.</param>
/// <param name="Size">Their length in octets.</param>
public readonly record struct StoredBlob(BlobId Id, long Size);
