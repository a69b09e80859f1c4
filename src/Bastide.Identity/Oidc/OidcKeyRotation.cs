using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace Bastide.Identity.Oidc;

/// <summary>
/// Takes up the next pair of keys while the program runs, on every node: nodes share the directory, and each looks
/// every hour, long before a pair that another made is used.
/// </summary>
sealed class OidcKeyRotation(OidcKeys keys, IOptionsMonitorCache<OpenIddictServerOptions> options, TimeProvider time, ILogger<OidcKeyRotation> logger) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    /// <summary>Looks once; true when the set of keys changed, which the next request then sees.</summary>
    public bool Look()
    {
        if (!keys.Rotate()) return false;
        options.TryRemove(Options.DefaultName);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    Look();
                }
                catch (Exception exception)
                {
                    logger.LogError(exception, "The keys of the authorization server could not be renewed; those in use go on");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }
}
