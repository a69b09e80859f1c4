using Bastide.Identity.Oidc;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using Microsoft.Extensions.Hosting;

namespace Bastide.Identity;

/// <summary>What must be there before the first request: the primary domain and the web client's registration.</summary>
sealed class IdentityStart(Database database, Domains domains, BastideSettings settings) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await domains.IsPrimaryKept(cancellationToken))
            await database.Write(scope => domains.KeepPrimary(scope, domains.Primary), cancellationToken);
        await WebClientRegistration.Keep(database, settings, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
