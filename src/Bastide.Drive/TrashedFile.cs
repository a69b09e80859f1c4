using Bastide.Platform.Accounts;

namespace Bastide.Drive;

/// <summary>What is known of something that was thrown away.</summary>
/// <param name="Node">What it is, with all below it.</param>
/// <param name="Parent">The folder it stood in, whether or not that is still there.</param>
/// <param name="Path">The names of the folders it stood in, with slashes between them; empty for the root.</param>
/// <param name="Name">What it was called there.</param>
/// <param name="Deleted">When it was thrown away.</param>
/// <param name="By">By whom; null where that account is gone.</param>
public sealed record TrashedFile(long Node, long? Parent, string Path, string Name, DateTimeOffset Deleted, AccountId? By);
