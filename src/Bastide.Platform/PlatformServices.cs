using System.Reflection;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Platform.Limits;
using Bastide.Platform.Modules;
using Bastide.Platform.Net;
using Bastide.Platform.Search;
using Bastide.Platform.Settings;
using Bastide.Platform.Telemetry;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bastide.Platform;

/// <summary>Registers the square.</summary>
public static class PlatformServices
{
    /// <summary>The key of the database that holds blobs: a file of its own beside the embedded database, PostgreSQL itself otherwise.</summary>
    public const string BlobsKey = "blobs";

    /// <summary>
    /// Registers everything modules build on, and the background work of the square. Call it before the modules register
    /// theirs. The data directory is made when it does not exist.
    /// </summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services, BastideSettings settings, IEnumerable<IModule> modules)
    {
        DataDirectory.Make(settings.Data);
        IReadOnlyList<Assembly> assemblies = [.. modules.Select(module => module.GetType().Assembly).Distinct()];
        services.AddSingleton(assemblies);
        services.AddSingleton(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton(OpenDatabase);
        services.AddKeyedSingleton(BlobsKey, (provider, _) => OpenBlobDatabase(provider));
        services.AddSingleton(provider => new BlobStore(
            provider.GetRequiredKeyedService<Database>(BlobsKey), Path.Combine(settings.Data, "blobs"), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<BlobUploads>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<IJobHandler, CleanUp>();
        services.AddSingleton<SearchIndex>();
        services.AddSingleton<Limiter>();
        services.AddSingleton<TlsCertificates>();
        services.AddSingleton<OutgoingHttp>();
        services.TryAddSingleton<IDnsResolver, DnsResolver>();
        services.AddDataProtection()
            .SetApplicationName("Bastide")
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(settings.Data, "keys")));
        AddBackground(services);
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database")
            .AddCheck<MigrationHealth>("migrations")
            .AddCheck<BlobHealth>("blobs")
            .AddCheck<JobHealth>("jobs");
        return services;
    }

    /// <summary>
    /// Brings the tables up to date without starting a host; for the command line. Beside a server that runs it finds
    /// nothing to do.
    /// </summary>
    public static Task StartPlatform(this IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<PlatformStart>().Run(cancellation);

    static void AddBackground(IServiceCollection services)
    {
        services.AddSingleton<PlatformStart>();
        services.AddHostedService(provider => provider.GetRequiredService<PlatformStart>());
        services.AddHostedService<ChangeFollower>();
        services.AddSingleton<Indexer>();
        services.AddHostedService(provider => provider.GetRequiredService<Indexer>());
        services.AddSingleton<JobRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<JobRunner>());
    }

    static Database OpenDatabase(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<BastideSettings>();
        var feed = provider.GetRequiredService<ChangeFeed>();
        return settings.IsSqlite
            ? new SqliteDatabase(Path.Combine(settings.Data, "bastide.db"), feed, provider.GetRequiredService<ILogger<SqliteDatabase>>())
            : new PostgresDatabase(settings.Database, feed, provider.GetRequiredService<ILogger<PostgresDatabase>>());
    }

    static Database OpenBlobDatabase(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<BastideSettings>();
        return settings.IsSqlite
            ? new SqliteDatabase(Path.Combine(settings.Data, "blobs.db"), new ChangeFeed(), provider.GetRequiredService<ILogger<SqliteDatabase>>())
            : provider.GetRequiredService<Database>();
    }
}
