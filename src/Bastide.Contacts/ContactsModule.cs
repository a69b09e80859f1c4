using Bastide.Abstractions.Contacts;
using Bastide.Abstractions.Export;
using Bastide.Abstractions.Identity;
using Bastide.Abstractions.Mail;
using Bastide.Contacts.Dav;
using Bastide.Contacts.Import;
using Bastide.Contacts.Jmap;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;
using Bastide.Platform.Modules;
using Bastide.Platform.Search;
using Bastide.Platform.Settings;
using Bastide.Protocols.Dav;
using Bastide.Protocols.Jmap;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Contacts;

/// <summary>The house of contacts: cards and address books, by JMAP and CardDAV; the organisation's directory among them.</summary>
public sealed class ContactsModule : IModule
{
    /// <inheritdoc/>
    public string Name => "contacts";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, BastideSettings settings)
    {
        services.AddSingleton<AddressBooks>();
        services.AddSingleton<CardComposer>();
        // Its constructor takes what is nobody else's business, so it is not public and the container cannot call it.
        services.AddSingleton(provider => new ContactCards(provider.GetRequiredService<Database>(), provider.GetRequiredService<CardComposer>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CardDocuments>();
        services.AddSingleton<CardQueries>();
        services.AddSingleton<Recipients>();
        services.AddSingleton<IAnniversaries, Anniversaries>();
        services.AddSingleton<OrganisationDirectory>();
        services.AddSingleton<ContactImport>();
        services.AddSingleton<IAccountExport, ContactExport>();
        services.AddSingleton<IAccountListener, ContactAccounts>();
        services.AddSingleton<ISentMailListener, Correspondents>();
        services.AddSingleton<ContactBlobs>();
        services.AddSingleton<IBlobReferences>(provider => provider.GetRequiredService<ContactBlobs>());
        services.AddSingleton<IIndexSource, ContactIndexSource>();
        services.AddSingleton<IJmapMethods, ContactJmapMethods>();
        services.AddSingleton<IDavModule, CardDav>();
        services.AddHostedService<DirectoryWatch>();
    }

    /// <inheritdoc/>
    public void Listen(KestrelServerOptions kestrel, BastideSettings settings)
    {
    }

    /// <inheritdoc/>
    public void Map(WebApplication app)
    {
    }
}
