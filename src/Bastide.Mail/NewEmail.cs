using Bastide.Platform.Blobs;

namespace Bastide.Mail;

/// <summary>What is told of a message that was just stored (RFC 8621 §4.6).</summary>
/// <param name="Id">Its number.</param>
/// <param name="Blob">Its bytes.</param>
/// <param name="ThreadId">The conversation it joined or began.</param>
/// <param name="Size">Its octets.</param>
public sealed record NewEmail(long Id, BlobId Blob, long ThreadId, long Size);
