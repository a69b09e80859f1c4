namespace Bastide.Drive.Jmap;

/// <summary>One thing that files are sorted by.</summary>
/// <param name="Property">One of <see cref="Names"/>.</param>
/// <param name="IsAscending">Smallest first.</param>
sealed record FileSort(string Property, bool IsAscending)
{
    /// <summary>What files can be sorted by, as JMAP calls it; by <c>nodeType</c>, folders come first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["nodeType", "name", "type", "size", "created", "modified", "id"];
}
