using Bastide.Platform.Blobs;

namespace Bastide.Calendar.Attachments;

/// <summary>Something to be attached, whose octets are stored.</summary>
/// <param name="Blob">The octets.</param>
/// <param name="Type">What they are: a media type, or null when that is not known.</param>
/// <param name="Name">What its giver calls the file, or null.</param>
public sealed record AttachmentUpload(StoredBlob Blob, string? Type, string? Name);
