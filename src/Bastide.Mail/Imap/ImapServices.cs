using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bastide.Mail.Imap;

/// <summary>Registers the IMAP server.</summary>
public static class ImapServices
{
    /// <summary>Adds what the listeners of <see cref="ImapListeners"/> need.</summary>
    public static IServiceCollection AddImap(this IServiceCollection services)
    {
        services.TryAddSingleton<ImapLimits>();
        services.AddSingleton<MailboxMessages>();
        services.AddSingleton<MailboxShares>();
        services.AddSingleton<Annotations>();
        services.AddSingleton<ImapServer>();
        return services;
    }
}
