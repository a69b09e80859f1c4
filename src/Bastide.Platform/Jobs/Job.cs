namespace Bastide.Platform.Jobs;

/// <summary>A job as the queue holds it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">Which <see cref="IJobHandler"/> does it.</param>
/// <param name="Key">Its name within the kind, where it has one.</param>
/// <param name="Payload">What the handler needs to know, as JSON.</param>
/// <param name="Attempt">How often it was begun, this time included.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="RunAt">The earliest time it runs.</param>
/// <param name="Error">What the last attempt said, where one failed.</param>
public sealed record Job(long Id, string Kind, string? Key, string Payload, int Attempt, DateTimeOffset CreatedAt, DateTimeOffset RunAt, string? Error)
{
    internal long Revision { get; init; }
}
