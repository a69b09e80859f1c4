using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bastide.Demo;

/// <summary>Not ready before the demo's people are there: whoever waits for readiness signs in as one of them next.</summary>
sealed class DemoHealth : IHealthCheck
{
    volatile bool _isFilled;

    /// <summary>Whether the demo data is whole.</summary>
    public bool IsFilled
    {
        get => _isFilled;
        set => _isFilled = value;
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(IsFilled ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The demo data is being written: wait a moment."));
}
