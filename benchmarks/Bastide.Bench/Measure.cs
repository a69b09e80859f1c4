using System.Diagnostics;

namespace Bastide.Bench;

/// <summary>Measures what several callers do at once.</summary>
static class Measure
{
    /// <summary>How long to warm up and how long to count.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Counted = TimeSpan.FromSeconds(4);

    /// <summary>How long is counted where the work is so slow that few of it end sooner.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Callers that each do the work again and again; answers how often a second.</summary>
    public static async Task<double> PerSecond(int callers, Func<int, Task> work, CancellationToken cancellation)
    {
        var done = 0L;
        var counting = false;
        var over = false;
        var running = Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            while (!Volatile.Read(ref over) && !cancellation.IsCancellationRequested)
            {
                await work(caller);
                if (Volatile.Read(ref counting)) Interlocked.Increment(ref done);
            }
        }, cancellation)).ToList();
        await Task.Delay(WarmUp, cancellation);
        var started = Stopwatch.GetTimestamp();
        Volatile.Write(ref counting, true);
        await Task.Delay(Counted, cancellation);
        while (Interlocked.Read(ref done) < callers && Stopwatch.GetElapsedTime(started) < Longest) await Task.Delay(Counted / 16, cancellation);
        Volatile.Write(ref counting, false);
        var took = Stopwatch.GetElapsedTime(started);
        Volatile.Write(ref over, true);
        await Task.WhenAll(running);
        return Interlocked.Read(ref done) / took.TotalSeconds;
    }

    /// <summary>The times of single calls, one after the other, in milliseconds, sorted.</summary>
    public static async Task<double[]> Times(int calls, Func<int, Task> work)
    {
        var times = new double[calls];
        for (var i = 0; i < calls; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await work(i);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(times);
        return times;
    }

    public static double Median(double[] sorted) => sorted[sorted.Length / 2];

    public static double Percentile(double[] sorted, double percent) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * percent / 100))];
}
