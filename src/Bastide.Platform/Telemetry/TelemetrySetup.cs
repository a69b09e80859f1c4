using Bastide.Platform.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Bastide.Platform.Telemetry;

/// <summary>Logs, metrics and traces.</summary>
public static class TelemetrySetup
{
    const string Line = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj} <{SourceContext}>{NewLine}{Exception}";
    const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Structured logs on the console (one JSON object a line when it is not a terminal), metrics for <c>/metrics</c>,
    /// and both metrics and traces to a collector when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one. Levels follow
    /// <c>Logging:LogLevel</c> of the configuration.
    /// </summary>
    public static WebApplicationBuilder AddBastideTelemetry(this WebApplicationBuilder builder, BastideSettings settings)
    {
        var logger = Logger(builder.Configuration);
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(logger, dispose: true);

        var isExported = builder.Configuration[OtlpEndpoint] is { Length: > 0 };
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("bastide", serviceInstanceId: settings.Domain))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(BastideMeter.Name).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter();
                if (isExported) metrics.AddOtlpExporter();
            });
        if (isExported)
            telemetry.WithTracing(traces => traces.AddSource(BastideMeter.Name).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddOtlpExporter());
        return builder;
    }

    static Serilog.Core.Logger Logger(ConfigurationManager configuration)
    {
        var setup = new LoggerConfiguration()
            .Enrich.FromLogContext()
            .MinimumLevel.Is(LogEventLevel.Information)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // The keys lie in the data directory, which only its owner reads: what it warns of is so by design.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .MinimumLevel.Override("OpenIddict", LogEventLevel.Warning);
        foreach (var level in configuration.GetSection("Logging:LogLevel").GetChildren())
        {
            if (!Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out var asked)) continue;
            if (level.Key == "Default") setup.MinimumLevel.Is(Map(asked));
            else setup.MinimumLevel.Override(level.Key, Map(asked));
        }

        if (Console.IsOutputRedirected) setup.WriteTo.Console(new CompactJsonFormatter());
        else setup.WriteTo.Console(outputTemplate: Line, formatProvider: System.Globalization.CultureInfo.InvariantCulture);
        return setup.CreateLogger();
    }

    static LogEventLevel Map(LogLevel level) => level switch
    {
        LogLevel.Trace => LogEventLevel.Verbose,
        LogLevel.Debug => LogEventLevel.Debug,
        LogLevel.Information => LogEventLevel.Information,
        LogLevel.Warning => LogEventLevel.Warning,
        LogLevel.Error => LogEventLevel.Error,
        _ => LogEventLevel.Fatal,
    };
}
