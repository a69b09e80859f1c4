using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bastide.Mail.Smtp;

/// <summary>Registers the SMTP server.</summary>
public static class SmtpServices
{
    /// <summary>Adds what the listeners of <see cref="SmtpListeners"/> need. Delivery is added apart.</summary>
    public static IServiceCollection AddSmtp(this IServiceCollection services)
    {
        services.TryAddSingleton<SmtpLimits>();
        services.AddSingleton<SmtpServer>();
        return services;
    }
}
