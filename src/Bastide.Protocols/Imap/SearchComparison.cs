namespace Bastide.Protocols.Imap;

/// <summary>How a date compares with a day.</summary>
public enum SearchComparison
{
    /// <summary>Before the day.</summary>
    Before,

    /// <summary>On the day.</summary>
    On,

    /// <summary>On the day or after.</summary>
    Since,
}
