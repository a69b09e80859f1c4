using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Bastide.Platform.Telemetry;

/// <summary>The numbers the program tells of itself, under the meter <c>Bastide</c>, and its traces.</summary>
public static class BastideMeter
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Bastide";

    /// <summary>The meter; a module makes its own instruments on it.</summary>
    public static Meter Meter { get; } = new(Name);

    static readonly Counter<long> Commits = Meter.CreateCounter<long>("bastide.db.commits", "{commit}", "Transactions committed to the database");
    static readonly Counter<long> Failures = Meter.CreateCounter<long>("bastide.db.commit_failures", "{commit}", "Commits that the database refused");
    static readonly Histogram<long> Writers = Meter.CreateHistogram<long>("bastide.db.writers_per_commit", "{writer}", "Callers whose work one commit made durable",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] });

    static readonly Histogram<double> JobTime = Meter.CreateHistogram<double>("bastide.jobs.duration", "s", "Time a job took, by kind and outcome",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300] });

    static readonly Counter<long> Indexed = Meter.CreateCounter<long>("bastide.search.documents", "{document}", "Documents put into the search index");

    /// <summary>The source of the program's own spans.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    internal static void Committed(int writers)
    {
        Commits.Add(1);
        Writers.Record(writers);
    }

    internal static void CommitFailed() => Failures.Add(1);

    internal static void JobRan(string kind, string outcome, TimeSpan took) =>
        JobTime.Record(took.TotalSeconds, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("outcome", outcome));

    internal static void DocumentsIndexed(int documents) => Indexed.Add(documents);
}
