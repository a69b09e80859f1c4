using Bastide.Platform.Db;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bastide.Platform.Telemetry;

/// <summary>Whether the databases answer.</summary>
sealed class DatabaseHealth(Database database, [FromKeyedServices(PlatformServices.BlobsKey)] Database blobs) : IHealthCheck
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await database.CheckHealth(patience.Token);
            if (blobs != database) await blobs.CheckHealth(patience.Token);
            return HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"The database did not answer within {Patience.TotalSeconds:0} s: see whether it runs and is reachable.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"The database cannot be used: {exception.Message}");
        }
    }
}
