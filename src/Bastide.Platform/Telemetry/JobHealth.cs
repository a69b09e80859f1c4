using Bastide.Platform.Jobs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bastide.Platform.Telemetry;

/// <summary>Whether jobs are run.</summary>
sealed class JobHealth(JobRunner runner) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(runner.Trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy());
}
