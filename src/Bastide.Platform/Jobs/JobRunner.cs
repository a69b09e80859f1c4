using Bastide.Platform.Db;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bastide.Platform.Jobs;

/// <summary>
/// Runs the jobs of every registered <see cref="IJobHandler"/>, each kind in a lane of its own with its own bound.
/// A lease is renewed while its job runs; when that fails because another node took it over, the job is cancelled here.
/// On shutdown nothing new begins and what runs may finish while the host waits.
/// </summary>
public sealed class JobRunner : IHostedService, IAsyncDisposable
{
    static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(5);
    readonly List<JobLane> _lanes;
    readonly CancellationTokenSource _stopping = new();
    readonly CancellationTokenSource _impatient = new();
    readonly ILogger<JobRunner> _logger;
    Task _running = Task.CompletedTask;
    bool _disposed;

    /// <summary>Takes the handlers; nothing runs before <see cref="StartAsync"/>.</summary>
    public JobRunner(Database database, JobQueue queue, IEnumerable<IJobHandler> handlers, TimeProvider time, ILogger<JobRunner> logger)
    {
        var owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
        _lanes = [.. handlers.Select(handler => new JobLane(handler, owner, database, queue, time, logger))];
        _logger = logger;
        var twice = _lanes.GroupBy(lane => lane.Kind).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new InvalidOperationException($"Two handlers do jobs of the kind {twice.Key}: give one of them another.");
    }

    /// <summary>What is wrong, in a sentence; null while all lanes run.</summary>
    public string? Trouble => _lanes.Find(lane => lane.HasStopped) is { } lane ? $"The jobs of the kind {lane.Kind} are no longer run: restart the server." : null;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(_lanes.Select(lane => lane.Start(_stopping.Token, _impatient.Token)));
        return Task.CompletedTask;
    }

    /// <summary>Begins nothing more and waits for what runs; when the token is cancelled, what still runs is cancelled and will run again.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        try
        {
            await _running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _logger.LogWarning("Jobs that still run are stopped; they will run again");
            await GiveUp();
        }
    }

    /// <summary>Runs what is due now, and what becomes due by it, and answers how many that were. For tests and the command line.</summary>
    public async Task<int> RunDue(CancellationToken cancellation)
    {
        var total = 0;
        for (int round; (round = (await Task.WhenAll(_lanes.Select(lane => lane.RunDue(cancellation)))).Sum()) > 0;) total += round;
        return total;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The container knows it twice, as itself and as a hosted service.
        if (_disposed) return;
        _disposed = true;
        await _stopping.CancelAsync();
        await GiveUp();
        _stopping.Dispose();
        _impatient.Dispose();
    }

    /// <summary>Cancels what runs. A handler that does not listen is left behind: its lease ends by itself.</summary>
    async Task GiveUp()
    {
        await _impatient.CancelAsync();
        try
        {
            await _running.WaitAsync(LongestFarewell);
        }
        catch (TimeoutException)
        {
            _logger.LogWarning("Some jobs do not stop when they are told to and are left behind");
        }
    }
}
