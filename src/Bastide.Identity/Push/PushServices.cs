using Bastide.Abstractions.Jmap;
using Bastide.Protocols.Jmap;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Identity.Push;

/// <summary>Registers what keeps push subscriptions, and with it the push of the JMAP engine that needs it.</summary>
static class PushServices
{
    public static void AddPushSubscriptions(this IServiceCollection services)
    {
        services.AddSingleton<IPushSubscriptions, PushSubscriptionTable>();
        services.AddJmapPush();
    }
}
