using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bastide.Platform.Telemetry;

/// <summary>Whether the tables are up to date.</summary>
sealed class MigrationHealth(PlatformStart start) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(start.IsDone ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The tables are not up to date yet: wait, or see the log for the migration that failed."));
}
