using Bastide.Platform.Blobs;

namespace Bastide.Calendar.Attachments;

/// <summary>A blob that a text says is attached to it, by its MANAGED-ID (RFC 8607 §4.3).</summary>
/// <param name="Blob">The blob.</param>
/// <param name="TokenHash">The SHA-256 of the token in its address; null where the address is none of ours.</param>
sealed record AttachedBlob(BlobId Blob, byte[]? TokenHash);
