using Bastide.Platform.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Platform.Modules;

/// <summary>
/// A house on the square. <c>Modules.cs</c> of the executable lists them; taking a line out leaves a workplace
/// that builds and runs without that house. Migrations are the embedded <c>Migrations/*.sql</c> of its assembly.
/// </summary>
public interface IModule
{
    /// <summary>Its name, lower-case: <c>mail</c>.</summary>
    string Name { get; }

    /// <summary>Registers its services, listeners, method tables and jobs.</summary>
    void AddServices(IServiceCollection services, BastideSettings settings);

    /// <summary>Opens its ports, where it has any beside HTTP. The settings say which.</summary>
    void Listen(KestrelServerOptions kestrel, BastideSettings settings);

    /// <summary>Maps its HTTP routes.</summary>
    void Map(WebApplication app);
}
