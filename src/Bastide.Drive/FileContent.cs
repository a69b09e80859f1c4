using Bastide.Platform.Blobs;

namespace Bastide.Drive;

/// <summary>The octets of a file, which are stored already, and what is said of them.</summary>
/// <param name="Blob">The octets.</param>
/// <param name="Size">How many.</param>
/// <param name="Type">What somebody says they are, or null.</param>
/// <param name="Modified">When they were written, where somebody says; null for now.</param>
/// <param name="Checksum">Checksums of them, as <c>SHA1:… MD5:…</c>; or null.</param>
/// <param name="IsExecutable">Whether they are a program; null to leave that as it is.</param>
public sealed record FileContent(BlobId Blob, long Size, string? Type, DateTimeOffset? Modified = null, string? Checksum = null, bool? IsExecutable = null);
