namespace Bastide.Platform.Jobs;

/// <summary>
/// Does the jobs of one kind. A job may be begun again after a node was lost in the middle of it, so doing it twice
/// must come to the same.
/// </summary>
public interface IJobHandler
{
    /// <summary>The kind, lower-case: <c>mail-delivery</c>.</summary>
    string Kind { get; }

    /// <summary>How many of the kind may run at once on a node.</summary>
    int Concurrency => 4;

    /// <summary>After how many attempts a job goes to the dead letters.</summary>
    int MaxAttempts => 20;

    /// <summary>For recurring work: how long after one run the next begins. The job is made at start and never dies.</summary>
    TimeSpan? Every => null;

    /// <summary>
    /// Does it. An exception counts as <see cref="JobResult.Again"/> with its message. Cancelled when the node stops and
    /// will wait no longer, or lost its lease of the job.
    /// </summary>
    ValueTask<JobResult> Run(Job job, CancellationToken cancellation);
}
