using System.Reflection;
using Bastide.Platform.Db;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bastide.Platform;

/// <summary>
/// What comes before everything else: the tables are brought up to date. Hosted services and listeners start after it,
/// because the host runs the "starting" step of every service before it starts the first.
/// </summary>
sealed class PlatformStart(Database database, [FromKeyedServices(PlatformServices.BlobsKey)] Database blobs, IReadOnlyList<Assembly> modules, ILogger<PlatformStart> logger) : IHostedLifecycleService, IDisposable
{
    readonly SemaphoreSlim _once = new(1, 1);
    bool _done;

    /// <summary>Whether the tables are up to date.</summary>
    public bool IsDone => Volatile.Read(ref _done);

    /// <summary>Brings the tables up to date, once.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        await _once.WaitAsync(cancellation);
        try
        {
            if (_done) return;
            await Migrator.Run(database, modules, logger, cancellation);
            if (blobs != database) await Migrator.RunBlobs(blobs, logger, cancellation);
            Volatile.Write(ref _done, true);
        }
        finally
        {
            _once.Release();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Run(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _once.Dispose();
}
