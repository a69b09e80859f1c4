namespace Bastide.Platform.Limits;

/// <summary>How many of something may be under way at once for one key. Keep one in a static field per rule.</summary>
/// <param name="Name">What is limited; keys of different names are counted apart.</param>
/// <param name="Most">How many.</param>
public sealed record ConcurrencyLimit(string Name, int Most);
