using Bastide.Demo;
using Bastide.Platform;
using Bastide.Platform.Modules;
using Bastide.Platform.Settings;
using Bastide.Platform.Telemetry;
using Bastide.Protocols.Dav;
using Bastide.Protocols.Jmap;
using Bastide.Web;
using Microsoft.AspNetCore.HttpOverrides;

namespace Bastide;

/// <summary>Puts the square and its houses together: as a server, or as services alone for the commands.</summary>
static class Workplace
{
    /// <summary>
    /// Reads <c>bastide.json</c> of the data directory, then <c>BASTIDE_…</c>, then the command line.
    /// Throws <see cref="SettingsException"/>.
    /// </summary>
    public static BastideSettings Settings(string? data, bool demo)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables("BASTIDE_").Build();
        var directory = Path.GetFullPath(data ?? (environment["Data"] is { Length: > 0 } named ? named : "./data"));
        var line = new Dictionary<string, string?> { ["Data"] = directory };
        if (demo) line["Demo"] = "true";
        return BastideSettings.From(new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(directory, "bastide.json"), optional: true)
            .AddEnvironmentVariables("BASTIDE_")
            .AddInMemoryCollection(line)
            .Build());
    }

    /// <summary>The server, not yet listening.</summary>
    public static async Task<WebApplication> Build(BastideSettings settings)
    {
        if (settings.Demo) DemoData.Claim(settings);
        var modules = Modules.All();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "bastide" });
        builder.AddBastideTelemetry(settings);
        AddServices(builder.Services, settings, modules);
        if (settings.Demo) builder.Services.AddSingleton<DemoHealth>().AddHealthChecks().AddCheck<DemoHealth>("demo");
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64L * 1024 * 1024 * 1024;
            if (settings.Listen.Http is { } http) kestrel.Listen(http);
            foreach (var module in modules) module.Listen(kestrel, settings);
        });
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseWebSockets();
        foreach (var module in modules) module.Map(app);
        app.MapJmap();
        app.MapDav();
        app.MapBastideHealth();
        WebClient.Map(app);
        await Task.CompletedTask;
        return app;
    }

    /// <summary>The services alone, with the database up to date, for a command.</summary>
    public static async Task<ServiceProvider> Services(BastideSettings settings, CancellationToken cancellation)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        AddServices(services, settings, Modules.All());
        var provider = services.BuildServiceProvider();
        await provider.StartPlatform(cancellation);
        return provider;
    }

    /// <summary>Starts the server, says where it is, and waits until it is told to stop.</summary>
    public static async Task Run(WebApplication app, BastideSettings settings, CancellationToken cancellation)
    {
        await app.StartAsync(cancellation);
        if (settings.Demo)
        {
            await DemoData.Fill(app.Services, settings, cancellation);
            app.Services.GetRequiredService<DemoHealth>().IsFilled = true;
        }

        Console.WriteLine();
        Console.WriteLine("  Bastide is ready.");
        Console.WriteLine();
        Console.WriteLine($"  Web client   {settings.Url.GetLeftPart(UriPartial.Authority)}/");
        foreach (var (name, endpoint) in Listeners(settings)) Console.WriteLine($"  {name,-12} {endpoint}");
        Console.WriteLine($"  Data         {settings.Data}");
        if (settings.Demo) DemoData.Announce(settings);
        Console.WriteLine();
        await app.WaitForShutdownAsync(cancellation);
    }

    static void AddServices(IServiceCollection services, BastideSettings settings, IReadOnlyList<IModule> modules)
    {
        services.AddPlatform(settings, modules);
        services.AddJmap();
        services.AddDav();
        foreach (var module in modules) module.AddServices(services, settings);
    }

    static IEnumerable<(string Name, object Endpoint)> Listeners(BastideSettings settings)
    {
        if (settings.Listen.Smtp is { } smtp) yield return ("SMTP", smtp);
        if (settings.Listen.Submission is { } submission) yield return ("Submission", submission);
        if (settings.Listen.Submissions is { } submissions) yield return ("Submissions", submissions);
        if (settings.Listen.Imap is { } imap) yield return ("IMAP", imap);
        if (settings.Listen.Imaps is { } imaps) yield return ("IMAPS", imaps);
    }
}
