using Bastide.Platform.Settings;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bastide.Platform.Telemetry;

/// <summary>Whether the directory of blobs can be written and its disk has room.</summary>
sealed class BlobHealth(BastideSettings settings) : IHealthCheck
{
    const long LeastFree = 256L * 1024 * 1024;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var directory = Path.Combine(settings.Data, "blobs");
        var probe = Path.Combine(directory, "incoming", "health-" + Path.GetRandomFileName());
        try
        {
            await File.WriteAllBytesAsync(probe, [1], cancellationToken);
            File.Delete(probe);
            var free = new DriveInfo(directory).AvailableFreeSpace;
            return free >= LeastFree
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"Only {free / (1024 * 1024)} MiB are free on the disk of {directory}: make room.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Unhealthy($"The directory {directory} cannot be written: {exception.Message}");
        }
    }
}
