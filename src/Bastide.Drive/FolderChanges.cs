using Bastide.Platform.Changes;

namespace Bastide.Drive;

/// <summary>What changed in a folder since a position.</summary>
/// <param name="Changed">What came or changed.</param>
/// <param name="Gone">The names of what went.</param>
/// <param name="State">The position this brings the reader to.</param>
/// <param name="HasMore">Whether to ask again from there.</param>
public sealed record FolderChanges(IReadOnlyList<FilePath> Changed, IReadOnlyList<string> Gone, Sequence State, bool HasMore);
