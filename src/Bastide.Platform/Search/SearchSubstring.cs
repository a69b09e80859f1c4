namespace Bastide.Platform.Search;

/// <summary>
/// A text to be found anywhere in others, within words too, as the index can narrow it down: what <see cref="SearchIndex.MayHold"/>
/// asks. Made by <see cref="SearchIndex.Substring"/>.
/// </summary>
public sealed class SearchSubstring
{
    internal SearchSubstring(IReadOnlyList<string> words, SearchQuery? query)
    {
        Words = words;
        Query = query;
    }

    /// <summary>Its words, folded; none when the index can say nothing of it.</summary>
    internal IReadOnlyList<string> Words { get; }

    /// <summary>What finds every item that holds it, and others; null when the index can say nothing of it.</summary>
    internal SearchQuery? Query { get; }
}
