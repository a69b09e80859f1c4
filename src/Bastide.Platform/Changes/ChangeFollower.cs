using Bastide.Platform.Db;
using Microsoft.Extensions.Hosting;

namespace Bastide.Platform.Changes;

/// <summary>Brings what other processes commit (another node, the command line) to the feed of this one.</summary>
sealed class ChangeFollower(Database database) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await database.FollowOthers(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }
}
