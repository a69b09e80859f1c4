using Bastide.Protocols.Jmap;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Mail.Jmap;

/// <summary>Registers mail over JMAP.</summary>
public static class MailJmapServices
{
    /// <summary>Adds the methods of RFC 8621 to the JMAP engine; the store and delivery are added by themselves.</summary>
    public static IServiceCollection AddMailJmap(this IServiceCollection services)
    {
        services.AddSingleton<EmailLoader>();
        services.AddSingleton<NewEmails>();
        services.AddSingleton<NewSubmissions>();
        services.AddSingleton<MailCapabilities>();
        services.AddSingleton<IJmapMethods, MailJmapMethods>();
        return services;
    }
}
