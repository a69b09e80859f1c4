using Bastide.Protocols.Dav.Locks;
using Bastide.Protocols.Dav.Principals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Protocols.Dav;

/// <summary>Puts the engine into the program: its services, and its addresses below <c>/dav/</c>.</summary>
public static class DavEndpoints
{
    const string Address = "/dav";

    /// <summary>Registers the engine. Modules register their <see cref="IDavModule"/> beside it.</summary>
    public static IServiceCollection AddDav(this IServiceCollection services)
    {
        services.AddSingleton(new DavLimits());
        services.AddSingleton<DavTable>();
        services.AddSingleton<PrincipalTree>();
        services.AddSingleton<DavTree>();
        services.AddSingleton<DavLocks>();
        services.AddSingleton<DavEngine>();
        return services;
    }

    /// <summary>Maps the same trees below one more address, where programs of another making look for them.</summary>
    public static void MapDav(this WebApplication app, string address)
    {
        var mount = DavPath.Mount(address);
        app.Map(address + "/{**path}", context => context.RequestServices.GetRequiredService<DavEngine>().Handle(context, mount)).RequireAuthorization();
    }

    /// <summary>Maps the addresses. All of them need a person.</summary>
    public static void MapDav(this WebApplication app)
    {
        app.MapDav(Address);
        var services = app.Services;
        // RFC 6764 §5: where clients look first; what they find there is the way to the principal.
        foreach (var name in services.GetRequiredService<DavTable>().WellKnown)
            app.Map("/.well-known/" + name, context =>
            {
                context.Response.Redirect(Address + "/", permanent: true);
                return Task.CompletedTask;
            });
    }
}
