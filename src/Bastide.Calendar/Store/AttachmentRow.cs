using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;

namespace Bastide.Calendar.Store;

/// <summary>Something attached, as the row of its address has it.</summary>
/// <param name="TokenHash">The SHA-256 of the token of its address.</param>
/// <param name="Account">Whose calendar it was added to.</param>
/// <param name="Blob">The octets.</param>
/// <param name="Type">What they are, as who added them said.</param>
/// <param name="Size">How many.</param>
sealed record AttachmentRow(byte[] TokenHash, AccountId Account, BlobId Blob, string Type, long Size);
