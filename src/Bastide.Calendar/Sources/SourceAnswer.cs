namespace Bastide.Calendar.Sources;

/// <summary>What a source answered.</summary>
sealed record SourceAnswer
{
    /// <summary>Why nothing came of it, or null.</summary>
    public SourceError? Error { get; init; }

    /// <summary>How long it asks to be left alone, where it does.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What it holds; null when it is what it was.</summary>
    public byte[]? Octets { get; init; }

    /// <summary>The entity tag to ask with next time.</summary>
    public string? ETag { get; init; }

    /// <summary>The same by time.</summary>
    public string? LastModified { get; init; }

    /// <summary>One that failed.</summary>
    public static SourceAnswer Failed(string type, string description, TimeSpan? retryAfter = null) => new() { Error = new SourceError(type, description), RetryAfter = retryAfter };
}
