namespace Bastide.Platform.Jobs;

/// <summary>What came of an attempt.</summary>
public sealed record JobResult
{
    JobResult()
    {
    }

    /// <summary>It is done; the job goes.</summary>
    public static JobResult Done { get; } = new();

    internal string? Error { get; private init; }

    internal DateTimeOffset? At { get; private init; }

    internal bool IsDead { get; private init; }

    /// <summary>It did not work this time: try again at <paramref name="at"/>, or after a growing while when that is null.</summary>
    public static JobResult Again(string error, DateTimeOffset? at = null) => new() { Error = error, At = at };

    /// <summary>It will never work: put it on the list of dead letters.</summary>
    public static JobResult Dead(string error) => new() { Error = error, IsDead = true };
}
