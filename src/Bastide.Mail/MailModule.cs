using Bastide.Abstractions.Identity;
using Bastide.Mail.Delivery;
using Bastide.Mail.Imap;
using Bastide.Mail.Import;
using Bastide.Mail.Jmap;
using Bastide.Mail.Mime;
using Bastide.Mail.Smtp;
using Bastide.Platform.Blobs;
using Bastide.Platform.Modules;
using Bastide.Platform.Search;
using Bastide.Platform.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Mail;

/// <summary>The house of mail: mailboxes and messages, by SMTP in and out, by JMAP to read and write.</summary>
public sealed class MailModule : IModule
{
    /// <inheritdoc/>
    public string Name => "mail";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, BastideSettings settings)
    {
        Charsets.Register();
        AddStore(services);
        services.AddSmtp();
        services.AddImap();
        services.AddDelivery();
        services.AddMailJmap();
    }

    /// <inheritdoc/>
    public void Listen(KestrelServerOptions kestrel, BastideSettings settings)
    {
        SmtpListeners.Listen(kestrel, settings);
        ImapListeners.Listen(kestrel, settings);
    }

    /// <inheritdoc/>
    public void Map(WebApplication app)
    {
    }

    static void AddStore(IServiceCollection services)
    {
        services.AddSingleton<Mailboxes>();
        services.AddSingleton<Messages>();
        services.AddSingleton<Threads>();
        services.AddSingleton<MessageQuery>();
        services.AddSingleton<Identities>();
        services.AddSingleton<VacationResponses>();
        services.AddSingleton<MessageBuilder>();
        services.AddSingleton<MailImport>();
        services.AddSingleton<IAccountListener, MailAccounts>();
        services.AddSingleton<IBlobReferences, MailBlobs>();
        services.AddSingleton<IIndexSource, MailIndexSource>();
    }
}
