using Bastide.Abstractions.Jmap;
using Bastide.Platform.Jobs;
using Bastide.Protocols.Jmap.Push;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Protocols.Jmap;

/// <summary>Puts the engine into the program: its services, and its addresses below <c>/jmap/</c>.</summary>
public static class JmapEndpoints
{
    /// <summary>Registers the engine. Modules register their <see cref="IJmapMethods"/> beside it.</summary>
    public static IServiceCollection AddJmap(this IServiceCollection services)
    {
        services.AddSingleton(new JmapLimits());
        services.AddSingleton<IJmapMethods, CoreMethods>();
        services.AddSingleton<UploadAllowance>();
        services.AddSingleton<JmapMethodTable>();
        services.AddSingleton<SessionResource>();
        services.AddSingleton<JmapApi>();
        services.AddSingleton<Upload>();
        services.AddSingleton<Download>();
        services.AddSingleton<StateWatch>();
        services.AddSingleton<EventSource>();
        services.AddSingleton<JmapWebSocket>();
        return services;
    }

    /// <summary>
    /// Adds push over Web Push (RFC 8620 §7.2). Called by the module that offers <see cref="IPushSubscriptions"/>; without
    /// one there is none, and none is advertised.
    /// </summary>
    public static IServiceCollection AddJmapPush(this IServiceCollection services)
    {
        services.AddSingleton<Vapid>();
        services.AddSingleton<PushSender>();
        services.AddSingleton<IJmapMethods, PushMethods>();
        services.AddSingleton<IJobHandler, PushVerification>();
        services.AddSingleton<IJobHandler, PushDelivery>();
        services.AddSingleton<IJobHandler, PushExpiry>();
        services.AddHostedService<PushWatch>();
        return services;
    }

    /// <summary>Maps the addresses. All of them need a person.</summary>
    public static void MapJmap(this WebApplication app)
    {
        var services = app.Services;
        var group = app.MapGroup("/jmap").RequireAuthorization();
        group.MapGet("/session", (HttpContext context) => services.GetRequiredService<SessionResource>().Handle(context));
        group.MapPost("/api", (HttpContext context) => services.GetRequiredService<JmapApi>().Handle(context));
        group.MapPost("/upload/{accountId}", (HttpContext context, string accountId) => services.GetRequiredService<Upload>().Handle(context, accountId));
        group.MapGet("/download/{accountId}/{blobId}/{name}", (HttpContext context, string accountId, string blobId, string name) =>
            services.GetRequiredService<Download>().Handle(context, accountId, blobId, name));
        group.MapGet("/eventsource", (HttpContext context) => services.GetRequiredService<EventSource>().Handle(context));
        group.MapGet("/ws", (HttpContext context) => services.GetRequiredService<JmapWebSocket>().Handle(context));
        // RFC 8620 §2.2: clients look here first. Served, not redirected: many clients drop their credentials on the way.
        app.MapGet("/.well-known/jmap", (HttpContext context) => services.GetRequiredService<SessionResource>().Handle(context)).RequireAuthorization();
    }
}
