using Bastide.Abstractions.Export;
using Bastide.Abstractions.Identity;
using Bastide.Drive.Dav;
using Bastide.Drive.Import;
using Bastide.Drive.Jmap;
using Bastide.Drive.Nextcloud;
using Bastide.Drive.Tus;
using Bastide.Drive.Uploads;
using Bastide.Platform.Blobs;
using Bastide.Platform.Jobs;
using Bastide.Platform.Modules;
using Bastide.Platform.Search;
using Bastide.Platform.Settings;
using Bastide.Protocols.Dav;
using Bastide.Protocols.Jmap;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Drive;

/// <summary>The house of files: folders, versions and trash, by JMAP and WebDAV and as the programs of Nextcloud speak it.</summary>
public sealed class DriveModule : IModule
{
    /// <inheritdoc/>
    public string Name => "drive";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, BastideSettings settings)
    {
        services.AddSingleton<FileNodes>();
        services.AddSingleton<Files>();
        services.AddSingleton<FileVersions>();
        services.AddSingleton<FileTrash>();
        services.AddSingleton<UploadedFile>();
        // Its constructor takes what is nobody else's business, so it is not public and the container cannot call it.
        services.AddSingleton(provider => new FileImport(provider.GetRequiredService<FileNodes>(), provider.GetRequiredService<Files>(), provider.GetRequiredService<UploadedFile>()));
        services.AddSingleton<IAccountExport, FileExport>();
        services.AddSingleton<IAccountListener, DriveAccounts>();
        services.AddSingleton<IBlobReferences, DriveBlobs>();
        services.AddSingleton<IIndexSource, FileIndexSource>();
        services.AddSingleton<IJobHandler, TrashRetention>();
        services.AddSingleton<FileQueries>();
        services.AddSingleton<IJmapMethods, FileJmapMethods>();
        services.AddSingleton<PartialUploads>();
        services.AddSingleton<IDavModule, FileDav>();
        services.AddSingleton<IDavModule, UploadDav>();
        services.AddSingleton<NextcloudApi>();
        services.AddSingleton<TusProtocol>();
    }

    /// <inheritdoc/>
    public void Listen(KestrelServerOptions kestrel, BastideSettings settings)
    {
    }

    /// <inheritdoc/>
    public void Map(WebApplication app)
    {
        // Where the programs of Nextcloud look for the same trees.
        app.MapDav("/remote.php/dav");
        TusProtocol.Map(app, app.Services.GetRequiredService<TusProtocol>());
        NextcloudApi.Map(app, app.Services.GetRequiredService<NextcloudApi>());
    }
}
