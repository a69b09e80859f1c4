using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;

namespace Bastide.Drive;

/// <summary>A content that a file had before.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Node">The file.</param>
/// <param name="Blob">The octets.</param>
/// <param name="Size">How many.</param>
/// <param name="Type">What somebody said they are, or null.</param>
/// <param name="Modified">When they were written.</param>
/// <param name="Replaced">When others took their place.</param>
/// <param name="Author">Who wrote them; null where that account is gone.</param>
public sealed record FileVersion(long Id, long Node, BlobId Blob, long Size, string? Type, DateTimeOffset Modified, DateTimeOffset Replaced, AccountId? Author);
