using Bastide.Calendar.Sources;
using Bastide.Platform.Accounts;

namespace Bastide.Calendar.Store;

/// <summary>The source of a calendar as its row has it.</summary>
sealed record SourceRow
{
    public required long CalendarId { get; init; }

    public required AccountId Account { get; init; }

    public required string Address { get; init; }

    public DateTimeOffset? TriedAt { get; init; }

    public DateTimeOffset? RefreshedAt { get; init; }

    public SourceError? Error { get; init; }

    /// <summary>How many attempts failed one after the other.</summary>
    public int Failures { get; init; }

    public string? ETag { get; init; }

    public string? LastModified { get; init; }
}
